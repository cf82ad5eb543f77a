using Mesh.Configuration.Istio;
using Mesh.Configuration.Naming;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// MESH1008: are there mesh rules for a host that is no service? Such rules act on requests to port 80 only, which is rarely known and
/// often a misspelt name. Source: Istio serves the hosts of VirtualServices that are no services on port 80.
/// </summary>
internal sealed class UnknownHostAnalyzer : IAnalyzer
{
    public string Name => "mesh.RulesForUnknownHost";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.RulesForUnknownHost];

    public AnalysisNeeds Needs => AnalysisNeeds.Services;

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var virtualService in input.VirtualServices)
        {
            if (!VirtualServiceIndex.OnMesh(virtualService.Spec.Gateways))
            {
                continue;
            }

            for (var i = 0; i < virtualService.Spec.Hosts.Count; i++)
            {
                var host = virtualService.Spec.Hosts[i];
                var full = input.Hosts.Expand(host, virtualService.Namespace);
                var isKnown = HostName.IsWildcard(full)
                    ? input.Hosts.All.Any(s => HostName.Overlaps(s.Host, full))
                    : input.Hosts.Find(virtualService.Namespace, virtualService.Spec.ExportTo, host) is not null;
                // A rule that sends to the very host has IST0101 already.
                if (!isKnown && input.Shows(host, virtualService.Namespace)
                    && !RouteDestinations.Of(virtualService.Spec).Any(d => input.Hosts.Expand(d.Destination.Host, virtualService.Namespace) == full))
                {
                    report.Add(
                        MeshMessages.RulesForUnknownHost, virtualService.Document, $"spec.hosts[{i}]",
                        $"'{host}' is no service among the documents: the rules act on requests to its port 80 only; check the name, or add a ServiceEntry");
                }
            }
        }
    }
}
