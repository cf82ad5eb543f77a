using Mesh.Configuration.Istio;
using Mesh.Configuration.Naming;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// Does every destination of a VirtualService exist, with the port it names, and do the subsets of mesh rules reach what a gateway
/// routes? Source: Istio virtualservice.DestinationHostAnalyzer.
/// </summary>
internal sealed class DestinationHostAnalyzer : IAnalyzer
{
    public string Name => "virtualservice.DestinationHostAnalyzer";

    public IReadOnlyList<MessageType> Reports =>
    [
        IstioMessages.ReferencedResourceNotFound, IstioMessages.VirtualServiceDestinationPortSelectorRequired, IstioMessages.IngressRouteRulesNotAffected,
    ];

    public AnalysisNeeds Needs => AnalysisNeeds.Services;

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var rule in input.VirtualServices)
        {
            foreach (var placed in RouteDestinations.Of(rule.Spec))
            {
                Check(input, report, rule, placed);
            }
        }

        Subsets(input, report);
    }

    private static void Check(AnalysisInput input, AnalysisReport report, Analyzed<VirtualServiceSpec> rule, PlacedDestination placed)
    {
        var (path, destination, isMirror) = placed;
        if (input.Hosts.Find(rule.Namespace, rule.Spec.ExportTo, destination.Host) is not { } service)
        {
            if (!input.Shows(destination.Host, rule.Namespace))
            {
                return;
            }

            var what = isMirror ? "mirror host" : "host";
            var outcome = isMirror ? "copies go nowhere" : "requests get 503 (NC)";
            report.Add(IstioMessages.ReferencedResourceNotFound, rule.Document, $"{path}.host", $"{what} '{destination.Host}' not found: {outcome}; {Remedy(input, rule, destination.Host)}");
            return;
        }

        if (service.Ports is not { } ports)
        {
            return;
        }

        if (destination.Port is not { } port)
        {
            if (ports.Count > 1)
            {
                report.Add(
                    IstioMessages.VirtualServiceDestinationPortSelectorRequired, rule.Document, $"{path}.host",
                    $"'{destination.Host}' has the ports {string.Join(", ", ports)}; say which one with 'port.number'");
            }
        }
        else if (!ports.Contains(port.Number))
        {
            var has = ports.Count == 0 ? "it has none" : $"it has {string.Join(", ", ports)}";
            report.Add(
                IstioMessages.ReferencedResourceNotFound, rule.Document, $"{path}.port",
                $"host:port '{destination.Host}:{port.Number}' not found: requests get 503 (NC); {has}");
        }
    }

    // What people mean by reviews.prod is a service of another namespace; any dot, however, stops the expansion.
    private static string Remedy(AnalysisInput input, Analyzed<VirtualServiceSpec> rule, string host)
    {
        if (host.Length == 0)
        {
            return "write 'destination.host'";
        }

        foreach (var candidate in (ReadOnlySpan<string>)[$"{host}.svc.{input.MeshConfig.ClusterDomain}", $"{host}.{input.MeshConfig.ClusterDomain}"])
        {
            if (input.Hosts.Find(rule.Namespace, rule.Spec.ExportTo, candidate) is not null)
            {
                return $"write '{candidate}'";
            }
        }

        var full = input.Hosts.Expand(host, rule.Namespace);
        foreach (var service in input.Hosts.All)
        {
            if (string.Equals(service.Host, full, StringComparison.Ordinal))
            {
                return $"{service.Document?.Resource ?? service.Host} is not exported to where this rule acts; extend its exportTo";
            }
        }

        var name = full.AsSpan();
        var dot = name.IndexOf('.');
        if (!host.Contains('.'))
        {
            foreach (var service in input.Hosts.All)
            {
                if (!HostName.IsWildcard(service.Host) && service.Host.AsSpan().StartsWith(name[..(dot + 1)], StringComparison.Ordinal))
                {
                    return $"a short name means this namespace; write '{service.Host}'";
                }
            }
        }

        return "check the name, or add a Service or ServiceEntry";
    }

    private static void Subsets(AnalysisInput input, AnalysisReport report)
    {
        var ownSubsets = new List<(Analyzed<VirtualServiceSpec> Rule, DestinationSpec Destination)>();
        foreach (var rule in input.VirtualServices)
        {
            foreach (var destination in rule.Spec.Http.SelectMany(static h => h.Route).Select(static r => r.Destination))
            {
                if (destination.Subset is not null && rule.Spec.Hosts.Contains(destination.Host))
                {
                    ownSubsets.Add((rule, destination));
                }
            }
        }

        foreach (var rule in input.VirtualServices)
        {
            if (rule.Spec.Gateways.Count == 0)
            {
                continue;
            }

            foreach (var (path, destination, isMirror) in RouteDestinations.Of(rule.Spec with { Tcp = [], Tls = [] }))
            {
                if (isMirror || destination.Subset is not null)
                {
                    continue;
                }

                foreach (var (other, theirs) in ownSubsets.Where(o => o.Destination.Host == destination.Host))
                {
                    report.Add(
                        IstioMessages.IngressRouteRulesNotAffected, rule.Document, $"{path}.host",
                        $"subset '{theirs.Subset}' of {other.Document.Resource} does not act on requests of this gateway; name the subset here too");
                }
            }
        }
    }
}
