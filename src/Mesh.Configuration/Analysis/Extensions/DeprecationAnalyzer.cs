namespace Mesh.Configuration.Analysis;

/// <summary>Does a document use what Istio has deprecated or removed? Source: Istio deprecation.DeprecationAnalyzer.</summary>
internal sealed class DeprecationAnalyzer : IAnalyzer
{
    public string Name => "deprecation.DeprecationAnalyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.Deprecated];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var rule in input.VirtualServices)
        {
            for (var i = 0; i < rule.Spec.Http.Count; i++)
            {
                if (rule.Spec.Http[i].Fault?.Delay?.Percent > 0)
                {
                    report.Add(IstioMessages.Deprecated, rule.Document, $"spec.http[{i}].fault.delay.percent", "'percent' of a delay is deprecated; write 'percentage.value'");
                }
            }
        }

        foreach (var sidecar in input.Sidecars)
        {
            if (sidecar.Spec.OutboundTrafficPolicy?.EgressProxy is not null)
            {
                report.Add(IstioMessages.Deprecated, sidecar.Document, "spec.outboundTrafficPolicy.egressProxy", "'egressProxy' is ignored; remove it");
            }
        }

        foreach (var crd in input.OfKind(DocumentKind.CustomResourceDefinition))
        {
            if (crd.Part("spec").Text("group") == "rbac.istio.io"
                && crd.Part("spec").Text("names", "kind") is "ClusterRbacConfig" or "RbacConfig" or "ServiceRole" or "ServiceRoleBinding")
            {
                report.Add(IstioMessages.Deprecated, crd, "spec.names.kind", $"{crd.Part("spec").Text("names", "kind")} is removed from Istio; write an AuthorizationPolicy, and delete the CRD");
            }
        }
    }
}
