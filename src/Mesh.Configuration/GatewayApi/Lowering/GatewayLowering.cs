using Mesh.Configuration.Naming;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Makes a gateway with its listeners. The virtual host of a host holds everything that may answer for it, the rules of its own routes
/// first, then those of less specific hosts: a rule that does not match is no candidate, however good its host is. Listeners in conflict are
/// left out. Source: GATEWAY_API §2, §4.
/// </summary>
internal sealed class GatewayLowering(RuleOrder order)
{
    public GatewayModel Lower(GatewayAttachment gateway) => new()
    {
        Namespace = gateway.Gateway.Namespace,
        Name = gateway.Gateway.Name,
        Listeners = [.. gateway.AllListeners.Where(static l => l.Conflict is null && ProtocolOf(l.Spec) is not null).Select(Listener)],
        Origin = gateway.Gateway.Document.Origin,
    };

    private ListenerModel Listener(ListenerAttachment listener) => new()
    {
        Name = listener.Spec.Name,
        Port = listener.Spec.Port,
        Protocol = ProtocolOf(listener.Spec)!.Value,
        Hosts = listener.Spec.Hostname is { Length: > 0 } host ? [host.ToLowerInvariant()] : [],
        VirtualHosts = VirtualHosts(listener.Routes),
    };

    private ModelList<VirtualHostModel> VirtualHosts(List<AttachedRoute> routes)
    {
        var byRules = new OrderedDictionary<ModelList<RouteRule>, List<string>>();
        foreach (var host in routes.SelectMany(static r => r.Hostnames).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var rules = order.Order(routes.Select(route => (route.Route, Host: BestHost(route.Hostnames, host))).Where(static r => r.Host is not null).Select(static r => (r.Route, HostRank.Of(r.Host!))));
            if (byRules.TryGetValue(rules, out var hosts))
            {
                hosts.Add(host);
            }
            else
            {
                byRules.Add(rules, [host]);
            }
        }

        return [.. byRules.Select(static entry => new VirtualHostModel(entry.Value.ToModelList(), entry.Key))];
    }

    /// <summary>The most specific of a route's hosts that covers a host; null: none does.</summary>
    private static string? BestHost(ModelList<string> hostnames, string host)
    {
        string? best = null;
        foreach (var candidate in hostnames)
        {
            if (HostName.IsWithin(host, candidate) && (best is null || HostName.CompareSpecificity(candidate, best) < 0))
            {
                best = candidate;
            }
        }

        return best;
    }

    private static ListenerProtocol? ProtocolOf(ListenerSpec listener) => listener.Protocol switch
    {
        "HTTP" => ListenerProtocol.Http,
        "HTTPS" => ListenerProtocol.Https,
        "TLS" => ListenerProtocol.Tls,
        "TCP" => ListenerProtocol.Tcp,
        _ => null,
    };
}
