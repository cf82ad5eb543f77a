using System.Globalization;
using Mesh.Configuration.Kubernetes;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// Does a Service open the ports on which a gateway listens? A gateway names the port of its Service or the port of its pods: both count.
/// Source: Istio gateway.IngressGatewayPortAnalyzer.
/// </summary>
internal sealed class GatewayPortAnalyzer : IAnalyzer
{
    public string Name => "gateway.IngressGatewayPortAnalyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.ReferencedResourceNotFound, IstioMessages.GatewayPortNotDefinedOnService];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var gateway in input.Gateways)
        {
            var pods = input.Pods.All.Where(p => p.Matches(gateway.Spec.Selector)).ToArray();
            if (pods.Length == 0)
            {
                GatewayPods.Missing(input, report, gateway);
                continue;
            }

            var open = input.Services.Where(s => pods.Any(p => p.Namespace == s.Namespace && s.Spec.Selector.Count > 0 && p.Matches(s.Spec.Selector))).SelectMany(static s => Ports(s.Spec)).ToHashSet();
            for (var i = 0; i < gateway.Spec.Servers.Count; i++)
            {
                if (gateway.Spec.Servers[i].Port is { } port && !open.Contains(port.Number))
                {
                    report.Add(
                        IstioMessages.GatewayPortNotDefinedOnService, gateway.Document, $"spec.servers[{i}].port",
                        $"no Service of the pods '{gateway.Spec.Selector.Print()}' opens port {port.Number}; add it to the Service, or listen on {Listing(open)}");
                }
            }
        }
    }

    private static IEnumerable<int> Ports(ServiceSpec service)
    {
        foreach (var port in service.Ports.Where(static p => p.Protocol is null or "TCP"))
        {
            yield return port.Port;
            if (int.TryParse(port.TargetPort, NumberStyles.None, CultureInfo.InvariantCulture, out var target))
            {
                yield return target;
            }
        }
    }

    private static string Listing(HashSet<int> ports) => ports.Count == 0 ? "another" : string.Join(", ", ports.Order());
}
