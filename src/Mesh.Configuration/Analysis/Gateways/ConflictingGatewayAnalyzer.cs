using Mesh.Configuration.Istio;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// Do two gateways that run in the same pods claim the same host on the same port and address? Selectors meet when they are equal, or
/// when one contains the other and a pod has the labels of both. Source: Istio gateway.ConflictingGatewayAnalyzer.
/// </summary>
internal sealed class ConflictingGatewayAnalyzer : IAnalyzer
{
    public string Name => "gateway.ConflictingGatewayAnalyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.ConflictingGateways];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var gateway in input.Gateways)
        {
            var rivals = input.Gateways.Where(g => g.Document != gateway.Document && Meet(input, gateway.Spec, g.Spec)).ToArray();
            for (var i = 0; i < gateway.Spec.Servers.Count; i++)
            {
                var server = gateway.Spec.Servers[i];
                var conflicts = rivals.Where(r => r.Spec.Servers.Any(s => Conflict(server, s))).Select(static r => r.Document.FullName).Order(StringComparer.Ordinal).ToArray();
                if (conflicts.Length > 0)
                {
                    report.Add(
                        IstioMessages.ConflictingGateways, gateway.Document, $"spec.servers[{i}]",
                        $"port {server.Port?.Number} with hosts {string.Join(", ", server.Hosts)} is claimed by {string.Join(", ", conflicts)} too (selector {gateway.Spec.Selector.Print()}); change host or port, or merge them");
                }
            }
        }
    }

    private static bool Meet(AnalysisInput input, GatewaySpec left, GatewaySpec right) =>
        left.Selector.Equals(right.Selector)
        || ((Selectors.Contains(left.Selector, right.Selector) || Selectors.Contains(right.Selector, left.Selector))
            && input.Pods.All.Any(p => p.Matches(left.Selector) && p.Matches(right.Selector)));

    private static bool Conflict(GatewayServerSpec left, GatewayServerSpec right) =>
        left.Port?.Number == right.Port?.Number && (left.Bind ?? "") == (right.Bind ?? "") && left.Hosts.Any(right.Hosts.Contains);
}
