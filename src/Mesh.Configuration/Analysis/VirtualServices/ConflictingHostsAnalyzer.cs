using Mesh.Configuration.Istio;
using Mesh.Configuration.Naming;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// Do several VirtualServices on the mesh gateway claim the same host where the same callers see them? A rule that is exported to one
/// namespace also meets those that everybody sees. Source: Istio virtualservice.ConflictingMeshGatewayHostsAnalyzer.
/// </summary>
internal sealed class ConflictingHostsAnalyzer : IAnalyzer
{
    public string Name => "virtualservice.ConflictingMeshGatewayHostsAnalyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.ConflictingMeshGatewayVirtualServiceHosts];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        var claims = new OrderedDictionary<(string Scope, string Host), List<AnalysisDocument>>();
        foreach (var rule in input.VirtualServices.Where(static v => VirtualServiceIndex.OnMesh(v.Spec.Gateways)))
        {
            foreach (var scope in ExportScopes.Of(rule.Spec.ExportTo, rule.Namespace))
            {
                foreach (var host in rule.Spec.Hosts)
                {
                    var key = (scope, input.Hosts.Expand(host, rule.Namespace));
                    if (!claims.TryGetValue(key, out var list))
                    {
                        claims[key] = list = [];
                    }

                    list.Add(rule.Document);
                }
            }
        }

        var reported = new HashSet<AnalysisDocument>();
        foreach (var ((scope, host), own) in claims)
        {
            var all = scope == ExportScopes.Everywhere ? own : [.. own, .. claims.Where(c => c.Key.Scope == ExportScopes.Everywhere && HostName.Overlaps(host, c.Key.Host)).SelectMany(static c => c.Value)];
            var documents = all.Distinct().ToArray();
            foreach (var document in documents.Length > 1 ? documents : [])
            {
                if (reported.Add(document))
                {
                    var others = string.Join(", ", documents.Where(d => d != document).Select(static d => d.FullName));
                    report.Add(
                        IstioMessages.ConflictingMeshGatewayVirtualServiceHosts, document, "metadata.name",
                        $"'{host}' is also routed by {others}; only the oldest acts: merge them, or hand over with 'delegate'");
                }
            }
        }
    }
}
