using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>What Istio's admission check says of a RequestAuthentication by itself.</summary>
internal static class RequestAuthenticationValidator
{
    public static void Validate(ConfigDocument document, ProblemSink problems)
    {
        var spec = (RequestAuthenticationSpec)document.Spec;
        var at = FieldScope.Spec(document, problems);
        at.NotActedOnYet();
        PolicyTargetValidator.Validate(at, spec.Target);
        for (var i = 0; i < spec.JwtRules.Count; i++)
        {
            Rule(at["jwtRules"][i], spec.JwtRules[i]);
        }
    }

    private static void Rule(FieldScope at, JwtRuleSpec rule)
    {
        // Keys are found through the issuer where no address of theirs is written; keys that are written out need one, too.
        if (rule.Issuer.Length == 0 && rule.JwksUri.Length == 0)
        {
            at["issuer"].Error("issuer or jwksUri must be set; name the issuer");
        }

        if (rule.JwksUri.Length > 0)
        {
            at["jwksUri"].ErrorIf(JwksUri.Check(rule.JwksUri));
        }

        if (rule.Jwks.Length > 0)
        {
            var (problem, isPrivate) = JwksText.Check(rule.Jwks);
            at["jwks"].ErrorIf(problem);
            if (isPrivate)
            {
                at["jwks"].Warning("holds a private or symmetric key, which whoever reads this document can sign with; keep the public parts only");
            }
        }

        AuthorizationValues.NotEmpty(at["audiences"], rule.Audiences);
        AuthorizationValues.NotEmpty(at["fromParams"], rule.FromParams);
        AuthorizationValues.NotEmpty(at["fromCookies"], rule.FromCookies);
        AuthorizationValues.NotEmpty(at["spaceDelimitedClaims"], rule.SpaceDelimitedClaims);
        for (var i = 0; i < rule.FromHeaders.Count; i++)
        {
            if (rule.FromHeaders[i].Name.Length == 0)
            {
                at["fromHeaders"][i]["name"].Error("location header name must be non-empty string");
            }
        }

        for (var i = 0; i < rule.OutputClaimToHeaders.Count; i++)
        {
            var (header, claim) = rule.OutputClaimToHeaders[i];
            var place = at["outputClaimToHeaders"][i];
            if (header.Length == 0 || claim.Length == 0)
            {
                place.Error("outputClaimToHeaders header and claim value must be non-empty string");
            }
            else
            {
                place["header"].StrictHeaderName(header);
            }
        }

        at["timeout"].PositiveDuration(rule.Timeout);
    }
}
