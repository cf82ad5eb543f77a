namespace Mesh.Configuration.Analysis;

/// <summary>Are the CRDs of Gateway API new enough for the kinds that are read? Source: Istio k8sgateway.CRDVersionAnalyzer.</summary>
internal sealed class GatewayApiCrdAnalyzer : IAnalyzer
{
    private const string BundleVersion = "gateway.networking.k8s.io/bundle-version";

    private static readonly Dictionary<string, Version> s_minimum = new(StringComparer.Ordinal)
    {
        ["grpcroutes.gateway.networking.k8s.io"] = new(1, 1, 0),
        ["backendtlspolicies.gateway.networking.k8s.io"] = new(1, 4, 0),
        ["tlsroutes.gateway.networking.k8s.io"] = new(1, 5, 0),
    };

    public string Name => "k8sgateway.CRDVersionAnalyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.GatewayApiCrdVersionBelowMinimum];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var crd in input.OfKind(DocumentKind.CustomResourceDefinition))
        {
            if (s_minimum.TryGetValue(crd.Name, out var minimum) && crd.Annotations.TryGetValue(BundleVersion, out var text)
                && Parse(text) is { } installed && installed < minimum)
            {
                report.Add(
                    IstioMessages.GatewayApiCrdVersionBelowMinimum, crd, "metadata.annotations",
                    $"version {text} is older than {minimum}: objects of this kind are not processed; upgrade the CRDs");
            }
        }
    }

    // v1.4.0-rc.1 counts as 1.4.0.
    private static Version? Parse(string text)
    {
        var number = text.TrimStart('v');
        var end = number.AsSpan().IndexOfAny('-', '+');
        number = end < 0 ? number : number[..end];
        var parts = number.Split('.');
        return Version.TryParse(parts.Length switch { 1 => $"{number}.0.0", 2 => $"{number}.0", _ => number }, out var version) ? version : null;
    }
}
