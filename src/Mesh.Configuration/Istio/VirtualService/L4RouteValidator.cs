using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Checks the rules for TLS and TCP, and says that they do not act: an in-process mesh sees requests, not bytes.</summary>
internal static class L4RouteValidator
{
    private const string Why = "an in-process mesh sees HTTP requests, not bytes";

    public static void Validate(FieldScope at, VirtualServiceSpec spec)
    {
        for (var i = 0; i < spec.Tls.Count; i++)
        {
            Tls(at["tls"][i], spec.Tls[i], spec);
        }

        for (var i = 0; i < spec.Tcp.Count; i++)
        {
            Tcp(at["tcp"][i], spec.Tcp[i]);
        }

        if (spec.Tls.Count > 0)
        {
            at["tls"].HasNoEffect(Why);
        }

        if (spec.Tcp.Count > 0)
        {
            at["tcp"].HasNoEffect(Why);
        }
    }

    private static void Tls(FieldScope at, TLSRouteSpec rule, VirtualServiceSpec spec)
    {
        if (rule.Match.Count == 0)
        {
            at.Error("a TLS rule needs a 'match' with 'sniHosts'");
        }

        for (var i = 0; i < rule.Match.Count; i++)
        {
            var (match, place) = (rule.Match[i], at["match"][i]);
            if (match.SniHosts.Count == 0)
            {
                place["sniHosts"].Error("a TLS match needs at least one server name");
            }

            for (var j = 0; j < match.SniHosts.Count; j++)
            {
                SniHost(place["sniHosts"][j], match.SniHosts[j], spec);
            }

            Common(place, match.DestinationSubnets, match.Port, match.SourceLabels);
            for (var j = 0; j < match.Gateways.Count; j++)
            {
                VirtualServiceValidator.Gateway(place["gateways"][j], match.Gateways[j]);
            }
        }

        Route(at, rule.Route);
    }

    private static void SniHost(FieldScope at, string sni, VirtualServiceSpec spec)
    {
        if (IpText.IsAddress(sni))
        {
            at.Warning("an IP address is never a server name, so this matches nothing");
            return;
        }

        var problem = VirtualServiceValidator.CheckHost(sni, VirtualServiceValidator.IsForGateways(spec));
        at.ErrorIf(problem);
        if (problem is null && !spec.Hosts.Any(host => HostName.IsWithin(sni, host)))
        {
            at.Error($"'{sni}' lies outside of the document's hosts; add it to 'hosts'");
        }
    }

    private static void Tcp(FieldScope at, TCPRouteSpec rule)
    {
        for (var i = 0; i < rule.Match.Count; i++)
        {
            var (match, place) = (rule.Match[i], at["match"][i]);
            Common(place, match.DestinationSubnets, match.Port, match.SourceLabels);
            for (var j = 0; j < match.Gateways.Count; j++)
            {
                VirtualServiceValidator.MatchGateway(place["gateways"][j], match.Gateways[j]);
            }

            // Istio's admission check does not look at it.
            if (match.SourceSubnet is { } subnet && IpText.CheckSubnet(subnet) is { } problem)
            {
                place["sourceSubnet"].LoadError(problem);
            }
        }

        Route(at, rule.Route);
    }

    private static void Common(FieldScope at, ModelList<string> subnets, int? port, ModelMap<string> labels)
    {
        for (var i = 0; i < subnets.Count; i++)
        {
            at["destinationSubnets"][i].ErrorIf(IpText.CheckSubnet(subnets[i]));
        }

        if (port is not 0)
        {
            at["port"].Port(port);
        }

        at["sourceLabels"].Labels(labels);
    }

    private static void Route(FieldScope at, ModelList<RouteDestinationSpec> route)
    {
        if (route.Count == 0)
        {
            at.Error("the rule has no 'route'");
        }

        var isMade = VirtualServiceValidator.IsMadeOfRoute(at.Document);
        long total = 0;
        for (var i = 0; i < route.Count; i++)
        {
            if (!isMade)
            {
                at["route"][i]["destination"].Destination(route[i].Destination);
            }

            at["route"][i]["weight"].NotNegative(route[i].Weight);
            total += route[i].Weight ?? 0;
        }

        if (route.Count > 1 && total == 0)
        {
            at["route"].Error("all weights are 0; give at least one destination a weight");
        }
    }
}
