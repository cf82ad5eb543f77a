using Mesh.Configuration.Istio;

namespace Mesh.Configuration.Analysis;

/// <summary>What is said of a gateway without pods.</summary>
internal static class GatewayPods
{
    public static void Missing(AnalysisInput input, AnalysisReport report, Analyzed<GatewaySpec> gateway)
    {
        if (input.ShowsGatewayPods)
        {
            report.Add(
                IstioMessages.ReferencedResourceNotFound, gateway.Document, "spec.selector",
                $"selector '{gateway.Spec.Selector.Print()}' matches no pod: the gateway runs nowhere; correct the labels");
        }
    }
}
