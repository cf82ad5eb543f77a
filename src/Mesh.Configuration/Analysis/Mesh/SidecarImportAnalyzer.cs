using Mesh.Configuration.Naming;

namespace Mesh.Configuration.Analysis;

/// <summary>MESH1017: does every host that a Sidecar imports cover a service? What is misspelt is not imported, and calls to it fail.</summary>
internal sealed class SidecarImportAnalyzer : IAnalyzer
{
    public string Name => "mesh.SidecarImportsNothing";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.SidecarImportsNothing];

    public AnalysisNeeds Needs => AnalysisNeeds.Services;

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var sidecar in input.Sidecars)
        {
            for (var i = 0; i < sidecar.Spec.Egress.Count; i++)
            {
                for (var j = 0; j < sidecar.Spec.Egress[i].Hosts.Count; j++)
                {
                    var import = sidecar.Spec.Egress[i].Hosts[j];
                    var slash = import.IndexOf('/', StringComparison.Ordinal);
                    if (slash < 0 || import.StartsWith('~'))
                    {
                        continue;
                    }

                    var (@namespace, host) = (import[..slash] is "." ? sidecar.Namespace : import[..slash], import[(slash + 1)..]);
                    if (host != "*" && input.Shows(host, @namespace) && !input.Hosts.All.Any(s => (@namespace == "*" || s.Namespace == @namespace) && HostName.Overlaps(s.Host, host)))
                    {
                        report.Add(MeshMessages.SidecarImportsNothing, sidecar.Document, $"spec.egress[{i}].hosts[{j}]", $"'{import}' covers no service; hosts are full names: check namespace and name");
                    }
                }
            }
        }
    }
}
