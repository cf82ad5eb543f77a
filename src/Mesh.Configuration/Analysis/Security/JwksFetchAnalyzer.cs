namespace Mesh.Configuration.Analysis;

/// <summary>
/// May istiod fetch signing keys from any address? Whoever writes a RequestAuthentication could make it call internal ones.
/// Source: Istio authn.BlockedCIDRsAnalyzer.
/// </summary>
internal sealed class JwksFetchAnalyzer : IAnalyzer
{
    private const string Setting = "BLOCKED_CIDRS_IN_JWKS_URIS";

    public string Name => "authn.BlockedCIDRsAnalyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.JwksUriFetchUnrestricted];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        var policies = input.OfKind(DocumentKind.RequestAuthentication);
        if (policies.Count == 0)
        {
            return;
        }

        foreach (var deployment in input.OfKind(DocumentKind.Deployment))
        {
            var containers = deployment.Part("spec", "template", "spec").List("containers");
            if (deployment.Labels.TryGetValue("app", out var app) && app == "istiod"
                && !containers.SelectMany(static c => c.List("env")).Any(static e => e.Text("name") == Setting && e.Text("value") is { Length: > 0 }))
            {
                report.Add(
                    IstioMessages.JwksUriFetchUnrestricted, deployment, "spec.template.spec.containers",
                    $"{Setting} is not set and {policies.Count} RequestAuthentication(s) exist ({policies[0].FullName}{(policies.Count > 1 ? ", …" : "")}): istiod may fetch keys from any address; set it");
            }
        }
    }
}
