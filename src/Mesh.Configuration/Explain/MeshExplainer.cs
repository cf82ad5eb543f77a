using System.Globalization;
using Mesh.Model;

namespace Mesh.Configuration.Explain;

/// <summary>
/// The reference interpreter of the model: decides what becomes of a request slowly and in plain sight, and keeps a record of why. The compiled request
/// path must agree with it on every request; a property test holds them equal, so nothing here uses anything compiled.
/// Not safe for use by several threads at once.
/// </summary>
internal sealed class MeshExplainer
{
    private readonly MeshModel _model;
    private readonly ServiceTable _services;
    private readonly GatewayTable _gateways;
    private readonly ConditionCheck _conditions = new();
    private readonly ActionExplainer _actions;

    public MeshExplainer(MeshModel model)
    {
        _model = model;
        _services = new ServiceTable(model);
        _gateways = new GatewayTable(model);
        _actions = new ActionExplainer(new ClusterLookup(_services, model.Workload.DomainSuffix));
    }

    public Explanation Explain(ExplainRequest request) => request.Gateway is null ? ExplainInMesh(request) : ExplainAtGateway(request);

    /// <summary>A call of a workload: the service it connects to decides, the Host header is only data.</summary>
    private Explanation ExplainInMesh(ExplainRequest request)
    {
        var service = request.Dial is { } dial ? _services.ByDial(dial) : _services.ByHost(request.Url.Host);
        return service is null ? Unknown(request) : ExplainAt(service, request) with { AskedService = service.Name };
    }

    private Explanation ExplainAt(ServiceModel service, ExplainRequest request)
    {
        var port = PortOf(service, request, out var number);
        var facts = new RequestFacts(request, number);
        var isGoverned = service.RulePorts.Count == 0 || service.RulePorts.Contains(number);
        var askedOf = string.Create(CultureInfo.InvariantCulture, $"service {service.Name}, port {number}");
        var considered = new List<ConsideredMatch>();
        if (isGoverned && FirstMatch(service.Rules, facts, considered) is { } found)
        {
            return _actions.Explain(found.Rule, found.Match, facts, service) with { AskedOf = askedOf, Considered = considered };
        }

        // Without rules for this port, requests go where they would without any document.
        if (!isGoverned || service.FallThrough || service.Rules.Count == 0)
        {
            var toItself = new ForwardAction { Destinations = [new RouteDestination(new ClusterKey(service.Name, port?.Number ?? number))], Retries = _model.DefaultRetries };
            return _actions.Explain(new RouteRule { Action = toItself }, null, facts, service) with
            {
                Config = null,
                Rule = null,
                ModelRule = null,
                AskedOf = askedOf,
                Considered = considered,
                Notes = [service.Rules.Count == 0 ? "no routing document speaks of this service" : isGoverned ? "no rule matches; the service itself is asked" : $"no rule is for port {number}"],
            };
        }

        return NotFound(askedOf, considered, "no rule of the service matches");
    }

    /// <summary>A call from outside: listener, then virtual host, then rules.</summary>
    private Explanation ExplainAtGateway(ExplainRequest request)
    {
        var (@namespace, name) = request.Gateway!.Value;
        if (_gateways.Find(@namespace, name) is not { } gateway)
        {
            return NotFound($"gateway {@namespace}/{name}", [], $"no document declares gateway {@namespace}/{name}");
        }

        var host = HostOf(new RequestFacts(request, 0).Authority);
        if (GatewayTable.ListenerFor(gateway, request, host) is not { } listener)
        {
            return NotFound($"gateway {@namespace}/{name}", [], string.Create(CultureInfo.InvariantCulture, $"no listener takes {request.Url.Scheme} on port {request.Url.Port} for host {host}"));
        }

        var askedOf = string.Create(CultureInfo.InvariantCulture, $"gateway {@namespace}/{name}, listener {listener.Name}, port {listener.Port}");

        // The server name of the address has chosen the listener of the connection; over HTTP/2 a client may ask it for a host of another.
        if (listener.Protocol == ListenerProtocol.Https && request.Host is not null
            && GatewayTable.ListenerFor(gateway, request, request.Url.Host) is { } connected && !ReferenceEquals(connected, listener))
        {
            return new Explanation { Outcome = ExplainedOutcome.Error, Status = 421, AskedOf = askedOf, Notes = [$"the connection belongs to listener {connected.Name}, host {host} to listener {listener.Name}"] };
        }

        var facts = new RequestFacts(request, listener.Port);
        if (listener.RedirectsToHttps && request.Url.Scheme == Uri.UriSchemeHttp)
        {
            var redirect = RedirectTarget.ToHttps(facts);
            return new Explanation { Outcome = ExplainedOutcome.Redirect, Status = redirect.Status, Redirect = redirect, Config = gateway.Origin?.ToString(), AskedOf = askedOf, Notes = ["the listener redirects all plain requests"] };
        }

        if (_gateways.VirtualHostFor(listener, host) is not { } virtualHost)
        {
            return NotFound(askedOf, [], $"nothing is attached to the listener for host {host}");
        }

        var considered = new List<ConsideredMatch>();
        return FirstMatch(virtualHost.Rules, facts, considered) is { } found
            ? CorsAnswer.Apply(_actions.Explain(found.Rule, found.Match, facts, asked: null), found.Rule.Action.Cors, facts, _conditions) with { AskedOf = askedOf, Considered = considered }
            : NotFound(askedOf, considered, $"no rule for {string.Join(", ", virtualHost.Hosts)} matches");
    }

    /// <summary>The first rule of which one alternative holds in all its conditions.</summary>
    private (RouteRule Rule, RouteMatch? Match)? FirstMatch(ModelList<RouteRule> rules, RequestFacts facts, List<ConsideredMatch> considered)
    {
        foreach (var rule in rules)
        {
            var config = rule.Origin?.ToString();
            if (rule.Matches.Count == 0)
            {
                considered.Add(new ConsideredMatch(config, rule.Index, null, true, "the rule has no conditions"));
                return (rule, null);
            }

            for (var i = 0; i < rule.Matches.Count; i++)
            {
                var failure = _conditions.FirstFailure(rule.Matches[i], facts);
                considered.Add(new ConsideredMatch(config, rule.Index, rule.Matches[i].Index ?? i, failure is null, failure ?? "every condition holds"));
                if (failure is null)
                {
                    return (rule, rule.Matches[i]);
                }
            }
        }

        return null;
    }

    /// <summary>
    /// The service port a request means. An explicit port means itself; without one (or with the scheme's own) it is the service port of that number, else
    /// the only port, else the first that speaks HTTP, else the first.
    /// </summary>
    private static ServicePort? PortOf(ServiceModel service, ExplainRequest request, out int number)
    {
        var isExplicit = request.Dial is { Port: > 0 };
        var asked = isExplicit ? request.Dial!.Port : Math.Max(request.Url.Port, 0);
        var port = Declared(service.Ports, asked);
        if (port is null && !isExplicit && (request.Url.IsDefaultPort || request.Url.Port < 0) && service.Ports.Count > 0)
        {
            port = service.Ports.Count == 1 ? service.Ports[0] : FirstHttp(service.Ports) ?? service.Ports[0];
        }

        number = port?.Number ?? asked;
        return port;
    }

    private static ServicePort? Declared(ModelList<ServicePort> ports, int number)
    {
        foreach (var port in ports)
        {
            if (port.Number == number)
            {
                return port;
            }
        }

        return null;
    }

    private static ServicePort? FirstHttp(ModelList<ServicePort> ports)
    {
        foreach (var port in ports)
        {
            if (port.Protocol is PortProtocol.Http or PortProtocol.Http2 or PortProtocol.Grpc)
            {
                return port;
            }
        }

        return null;
    }

    /// <summary>A host the mesh does not know. Source: Istio outboundTrafficPolicy.</summary>
    private Explanation Unknown(ExplainRequest request)
    {
        var host = request.Dial is { } dial ? $"{dial.Service} in namespace {dial.Namespace}" : request.Url.Host;
        return _model.OutboundTrafficPolicy == OutboundTrafficPolicy.RegistryOnly
            ? new Explanation { Outcome = ExplainedOutcome.Blackhole, Status = 502, AskedOf = "host " + host, Notes = [$"{host} is not in the mesh and outboundTrafficPolicy is REGISTRY_ONLY"] }
            : new Explanation { Outcome = ExplainedOutcome.Passthrough, AskedOf = "host " + host, Notes = [$"{host} is not in the mesh: the request leaves as it is"] };
    }

    private static Explanation NotFound(string askedOf, List<ConsideredMatch> considered, string note) =>
        new() { Outcome = ExplainedOutcome.NotFound, Status = 404, AskedOf = askedOf, Considered = considered, Notes = [note] };

    /// <summary>The host of an authority: without port, in lower case.</summary>
    private static string HostOf(string authority)
    {
        var colon = authority.LastIndexOf(':');
        return (colon > authority.LastIndexOf(']') ? authority[..colon] : authority).ToLowerInvariant();
    }
}
