namespace Mesh.Configuration.Analysis;

/// <summary>
/// Does a policy choose the pods of a Kubernetes Gateway by a selector? Those are reached by targetRefs only. Source: Istio k8sgateway.SelectorAnalyzer.
/// </summary>
internal sealed class PolicySelectorAnalyzer : IAnalyzer
{
    private const string GatewayName = "gateway.networking.k8s.io/gateway-name";

    public string Name => "k8sgateway.SelectorAnalyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.IneffectiveSelector];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var kind in (ReadOnlySpan<DocumentKind>)[DocumentKind.AuthorizationPolicy, DocumentKind.RequestAuthentication, DocumentKind.Telemetry, DocumentKind.WasmPlugin])
        {
            foreach (var policy in input.OfKind(kind))
            {
                if (policy.Part("spec", "targetRef") is not null || policy.Part("spec").List("targetRefs").Count > 0 || policy.Part("spec", "selector") is not { } selector)
                {
                    continue;
                }

                foreach (var pod in input.Pods.InNamespace(policy.Namespace))
                {
                    if (pod.Labels.TryGetValue(GatewayName, out var gateway) && pod.Matches(selector.Map("matchLabels")))
                    {
                        report.Add(
                            IstioMessages.IneffectiveSelector, policy, "spec.selector",
                            $"the selector matches pods of the Kubernetes Gateway '{gateway}', where it has no effect; use 'targetRefs'");
                    }
                }
            }
        }
    }
}
