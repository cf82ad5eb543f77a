using System.Globalization;
using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>
/// Makes the listener of one server of a Gateway. A virtual host stands for every name that the server and a VirtualService share, the
/// narrower of the two; rules of several VirtualServices for one name are joined, the older document first, catch-alls last.
/// Source: Istio buildGatewayHTTPRouteConfig, host.Names.Intersection, SortVHostRoutes.
/// </summary>
internal sealed class ListenerLowering(Typed<GatewaySpec> gateway, RuleScope scope, List<RoutedHosts> virtualServices, ActionLowering actions)
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public ListenerModel Lower(GatewayServerSpec server)
    {
        var port = server.Port?.Number ?? 0;
        var protocol = Protocol(server);
        return new ListenerModel
        {
            Name = Name(server, port),
            Port = port,
            Protocol = protocol,
            Hosts = Hosts(server),
            RedirectsToHttps = server.Tls?.HttpsRedirect ?? false,
            VirtualHosts = protocol is ListenerProtocol.Http or ListenerProtocol.Https ? VirtualHosts(server, port) : [],
        };
    }

    private ModelList<VirtualHostModel> VirtualHosts(GatewayServerSpec server, int port)
    {
        var rules = new RuleLowering(scope, actions);
        ModelList<ServicePort> ports = [new ServicePort(port)];
        var byHost = new Dictionary<string, List<RouteRule>>(StringComparer.Ordinal);
        var order = new List<string>();
        foreach (var virtualService in virtualServices)
        {
            if (!GatewayLowering.IsBound(virtualService, scope))
            {
                continue;
            }

            var lowered = rules.Lower(virtualService, ports).Rules;
            foreach (var host in Shared(server, virtualService))
            {
                if (!byHost.TryGetValue(host, out var list))
                {
                    byHost[host] = list = [];
                    order.Add(host);
                }

                list.AddRange(lowered);
            }
        }

        return [.. order.Select(host => new VirtualHostModel([host], CatchAllsLast(byHost[host])))];
    }

    /// <summary>The names that both stand for, each once.</summary>
    private IEnumerable<string> Shared(GatewayServerSpec server, RoutedHosts virtualService)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var written in server.Hosts)
        {
            var (@namespace, offered) = Split(written);
            if (@namespace != "*" && @namespace != virtualService.Source.Namespace)
            {
                continue;
            }

            foreach (var host in virtualService.Hosts)
            {
                var shared = HostName.IsWithin(host, offered) ? host : HostName.IsWithin(offered, host) ? offered : null;
                if (shared is not null && found.Add(shared))
                {
                    yield return shared;
                }
            }
        }
    }

    private ModelList<string> Hosts(GatewayServerSpec server)
    {
        var hosts = server.Hosts.Select(host => Split(host).Host).Distinct(StringComparer.Ordinal).ToModelList();
        return hosts.Contains("*") ? [] : hosts;
    }

    /// <summary><c>namespace/host</c>: only VirtualServices of that namespace; <c>.</c> is the Gateway's own, <c>*</c> and nothing are any.</summary>
    private (string Namespace, string Host) Split(string written)
    {
        var slash = written.IndexOf('/', StringComparison.Ordinal);
        var @namespace = slash < 0 ? "*" : written[..slash];
        return (@namespace == "." ? gateway.Namespace : @namespace, written[(slash + 1)..].ToLowerInvariant());
    }

    private string Name(GatewayServerSpec server, int port)
    {
        var name = server.Name ?? server.Port?.Name ?? port.ToString(CultureInfo.InvariantCulture);
        for (var i = 2; !_names.Add(name); i++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{server.Name ?? server.Port?.Name ?? "port"}-{i}");
        }

        return name;
    }

    private static ModelList<RouteRule> CatchAllsLast(List<RouteRule> rules)
    {
        var last = new List<RouteRule>();
        var sorted = new List<RouteRule>(rules.Count);
        foreach (var rule in rules)
        {
            // Each alternative is a route of its own in Istio, so one that takes everything moves alone.
            var rest = rule.Matches.Where(static m => !MatchLowering.IsCatchAll(m)).ToModelList();
            if (rest.Count == rule.Matches.Count && rest.Count > 0)
            {
                sorted.Add(rule);
                continue;
            }

            if (rest.Count > 0)
            {
                sorted.Add(rule with { Matches = rest });
            }

            last.Add(rule with { Matches = rule.Matches.Where(MatchLowering.IsCatchAll).ToModelList() });
        }

        return [.. sorted, .. last];
    }

    private static ListenerProtocol Protocol(GatewayServerSpec server) => server.Port?.Protocol?.ToUpperInvariant() switch
    {
        "HTTPS" => server.Tls?.Mode is ServerTLSMode.PassThrough or ServerTLSMode.AutoPassThrough ? ListenerProtocol.Tls : ListenerProtocol.Https,
        "TLS" => ListenerProtocol.Tls,
        "TCP" or "MONGO" => ListenerProtocol.Tcp,
        _ => ListenerProtocol.Http,
    };
}
