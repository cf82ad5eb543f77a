using Mesh.Configuration.Istio;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// Is the token validated whose claims a gateway's rules route by? Without a RequestAuthentication for its pods the claims do not exist.
/// Source: Istio virtualservice.JWTClaimRouteAnalyzer.
/// </summary>
internal sealed class JwtClaimRouteAnalyzer : IAnalyzer
{
    private const string ClaimPrefix = "@request.auth.claims";

    public string Name => "virtualservice.JWTClaimRouteAnalyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.JwtClaimBasedRoutingWithoutRequestAuthN];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var rule in input.VirtualServices)
        {
            if (Claim(rule.Spec) is not { } claim)
            {
                continue;
            }

            foreach (var name in rule.Spec.Gateways)
            {
                if (name == VirtualServiceValidator.MeshGateway || input.Find(DocumentKind.Gateway, rule.Namespace, name)?.Spec is not GatewaySpec gateway)
                {
                    continue;
                }

                foreach (var pod in input.Pods.All.Where(p => p.Matches(gateway.Selector) && !IsAuthenticated(input, p)))
                {
                    report.Add(
                        IstioMessages.JwtClaimBasedRoutingWithoutRequestAuthN, rule.Document, claim.Path,
                        $"routes by '{claim.Key}', but no RequestAuthentication validates tokens at {pod.Document.Resource} of gateway '{name}'; add one");
                }
            }
        }
    }

    private static bool IsAuthenticated(AnalysisInput input, PodView pod) => input.OfKind(DocumentKind.RequestAuthentication).Any(r =>
        (r.Namespace == pod.Namespace || r.Namespace == input.MeshConfig.RootNamespace) && pod.Matches(r.Part("spec", "selector").Map("matchLabels")));

    private static (string Key, string Path)? Claim(VirtualServiceSpec spec)
    {
        for (var i = 0; i < spec.Http.Count; i++)
        {
            for (var j = 0; j < spec.Http[i].Match.Count; j++)
            {
                var match = spec.Http[i].Match[j];
                foreach (var (key, _) in match.Headers.Concat(match.WithoutHeaders))
                {
                    if (key.StartsWith(ClaimPrefix, StringComparison.Ordinal))
                    {
                        return (key, $"spec.http[{i}].match[{j}]");
                    }
                }
            }
        }

        return null;
    }
}
