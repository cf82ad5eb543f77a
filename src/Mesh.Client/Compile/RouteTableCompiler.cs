using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Client.Compile;

/// <summary>Compiles the rules of one service for one port. Port conditions are decided here and are gone at request time.</summary>
internal sealed class RouteTableCompiler(ServiceModel service, Dictionary<string, ServiceModel> named, IClusterBinder binder, SchemeChoice scheme, RetryPolicy defaultRetries)
{
    public CompiledRouteTable Compile(int number, ServicePort? port)
    {
        var candidates = new List<CompiledCandidate>();
        var governed = service.RulePorts.Count == 0 || service.RulePorts.Contains(number);
        if (governed)
        {
            foreach (var rule in service.Rules)
            {
                AddRule(candidates, rule, number);
                if (candidates is [.., { Match.IsAlways: true }])
                {
                    // Nothing after a catch-all is ever reached (ISTIO §2 Order).
                    break;
                }
            }
        }

        var fallThrough = service.FallThrough || service.Rules.Count == 0 || !governed;
        return new CompiledRouteTable([.. candidates], fallThrough ? DefaultRoute(number, port) : CompiledRoute.NotFound);
    }

    private void AddRule(List<CompiledCandidate> candidates, RouteRule rule, int number)
    {
        CompiledRoute? route = null;
        if (rule.Matches.Count == 0)
        {
            candidates.Add(new CompiledCandidate(new CompiledMatch(RouteMatch.Any), CompileRoute(rule, number)));
            return;
        }

        foreach (var match in rule.Matches)
        {
            if (match.Port is null || match.Port == number)
            {
                // A match with a name is a route of its own in telemetry: rule.match (Istio).
                candidates.Add(new CompiledCandidate(
                    new CompiledMatch(match),
                    match.Name is { } name ? CompileRoute(rule with { Name = rule.Name + "." + name }, number) : route ??= CompileRoute(rule, number)));
            }
        }
    }

    private CompiledRoute CompileRoute(RouteRule rule, int number)
    {
        if (rule.Action is not ForwardAction forward)
        {
            return new CompiledRoute(rule.Name, rule, rule.Action, [], [], null);
        }

        var destinations = new List<CompiledDestination>(forward.Destinations.Count);
        foreach (var destination in forward.Destinations)
        {
            // One entry without weight gets everything; with several, zero means never (ISTIO §2 Weights).
            if (destination.Weight > 0 || forward.Destinations.Count == 1)
            {
                destinations.Add(CompileDestination(rule.Name, destination, number));
            }
        }

        var mirrors = new CompiledMirror[forward.Mirrors.Count];
        for (var i = 0; i < mirrors.Length; i++)
        {
            mirrors[i] = new CompiledMirror(Resolve(forward.Mirrors[i].Cluster, number, out _), forward.Mirrors[i].Percent);
        }

        return new CompiledRoute(rule.Name, rule, forward, [.. destinations], mirrors, binder.CreatePipeline(service, forward))
        {
            Resting = forward.SessionPersistence is null || forward.Destinations.Count == 1
                ? []
                : [.. forward.Destinations.Where(static d => d.Weight == 0).Select(d => CompileDestination(rule.Name, d, number))],
        };
    }

    private CompiledDestination CompileDestination(string route, RouteDestination destination, int number)
    {
        var cluster = Resolve(destination.Cluster, number, out var key);
        var answersItself = destination.Redirect is not null || destination.ErrorStatus is not null;
        return new CompiledDestination(
            answersItself ? null : cluster,
            key,
            Math.Max(destination.Weight, 1),
            CompiledHeaderOperations.Create(destination.RequestHeaders),
            CompiledHeaderOperations.Create(destination.ResponseHeaders),
            Tags(route, key))
        {
            Rewrite = destination.Rewrite is { } rewrite ? new CompiledRewrite(rewrite) : null,
            Redirect = destination.Redirect,
            ErrorStatus = destination.ErrorStatus,
        };
    }

    private CompiledRoute DefaultRoute(int number, ServicePort? port)
    {
        var forward = new ForwardAction { Destinations = [new RouteDestination(new ClusterKey(service.Name, port?.Number ?? number))], Retries = defaultRetries };
        var destination = CompileDestination("default", forward.Destinations[0], number);
        return new CompiledRoute("default", null, forward, [destination], [], binder.CreatePipeline(service, forward));
    }

    /// <summary>The cluster a rule names. Port 0 is the port of the request; a service without declared ports has clusters for whatever port comes.</summary>
    private CompiledCluster? Resolve(ClusterKey wanted, int number, out ClusterKey key)
    {
        key = wanted.Port == 0 ? wanted with { Port = number } : wanted;
        if (wanted.Service is null || !named.TryGetValue(wanted.Service, out var target))
        {
            return null;
        }

        ServicePort? port = null;
        foreach (var candidate in target.Ports)
        {
            if (candidate.Number == key.Port)
            {
                port = candidate;
            }
        }

        if (port is null && target.Ports.Count > 0)
        {
            if (wanted.Port != 0 || target.Ports.Count > 1)
            {
                return null;
            }

            port = target.Ports[0];
            key = key with { Port = port.Number };
        }

        ClusterModel? model = null;
        foreach (var candidate in target.Clusters)
        {
            if (candidate.Key.Subset == key.Subset && (candidate.Key.Port == key.Port || (candidate.Key.Port == 0 && model is null)))
            {
                model = candidate;
            }
        }

        if (model is null && key.Subset is not null)
        {
            return null;
        }

        return binder.Bind(target, (model ?? new ClusterModel { Key = key }) with { Key = key }, port, scheme);
    }

    private static KeyValuePair<string, object?>[] Tags(string route, ClusterKey key)
    {
        KeyValuePair<string, object?>[] tags = [new(MeshAttributes.Route, route), new(MeshAttributes.DestinationService, key.Service)];
        return key.Subset is null ? tags : [.. tags, new(MeshAttributes.DestinationSubset, key.Subset)];
    }
}
