using Mesh.Configuration.Registry;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>What routes say of one service.</summary>
/// <param name="Rules">Rules in the order in which they are tried.</param>
/// <param name="Ports">Ports for which they are in force; empty: all.</param>
internal sealed record ServiceRules(ModelList<RouteRule> Rules, ModelList<int> Ports);

/// <summary>
/// Makes the rules that callers in one namespace have for a service. On each port: the consumer routes of the callers' namespace, if there
/// are any, and then only those; else the producer routes of the service's own. A GRPCRoute excludes HTTPRoutes. A port with routes answers
/// what no rule matches with 404, a port without any is not touched. Source: GATEWAY_API §10.
/// </summary>
internal sealed class ServiceRuleLowering(AttachmentTable table, RuleOrder order, Workload workload)
{
    /// <summary>The rules; null when no route speaks of the service.</summary>
    public ServiceRules? Lower(RegisteredService service)
    {
        var routes = table.RoutesOf(service.Name);
        if (routes.Count == 0)
        {
            return null;
        }

        // Null is "every other port", for a service that declares none.
        int?[] ports = service.Ports.Count > 0
            ? [.. service.Ports.Select(static p => (int?)p.Number)]
            : [.. routes.Where(static r => r.Port is not null).Select(static r => r.Port).Distinct().Order(), null];
        var governed = new List<(int? Port, ModelList<RouteRule> Rules)>(ports.Length);
        foreach (var port in ports)
        {
            var chosen = Choose(routes, port);
            if (chosen.Count > 0)
            {
                governed.Add((port, order.Order(chosen.Select(static r => (r.Route, HostRank.None)))));
            }
        }

        governed.RemoveAll(static g => g.Rules.Count == 0);
        if (governed.Count == 0)
        {
            return null;
        }

        return governed.Count == ports.Length && governed.TrueForAll(g => g.Rules.Equals(governed[0].Rules))
            ? new ServiceRules(governed[0].Rules, [])
            : new ServiceRules(
                [.. governed.SelectMany(static g => g.Port is { } port ? g.Rules.Select(rule => AtPort(rule, port)) : g.Rules)],
                governed.Exists(static g => g.Port is null) ? [] : [.. governed.Select(static g => g.Port!.Value)]);
    }

    private List<ServiceRoute> Choose(IReadOnlyList<ServiceRoute> routes, int? port)
    {
        var here = routes.Where(r => r.Port is null || r.Port == port).ToList();
        var own = here.FindAll(r => !r.IsProducer && string.Equals(r.Route.Namespace, workload.Namespace, StringComparison.Ordinal));
        var group = own.Count > 0 ? own : here.FindAll(static r => r.IsProducer);
        var grpc = group.FindAll(static r => r.Route.Kind == RouteKind.GRPCRoute);
        var chosen = grpc.Count > 0 ? grpc : group;

        // A route may name a port and, in another parentRef, all of them.
        return [.. chosen.DistinctBy(static r => r.Route)];
    }

    private static RouteRule AtPort(RouteRule rule, int port) => rule with { Matches = [.. rule.Matches.Select(match => match with { Port = port })] };
}
