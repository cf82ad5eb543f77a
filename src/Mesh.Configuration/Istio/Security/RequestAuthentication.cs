using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Which tokens a workload takes. Source: Istio security RequestAuthentication.</summary>
internal sealed record RequestAuthenticationSpec
{
    public required PolicyTarget Target { get; init; }

    public ModelList<JwtRuleSpec> JwtRules { get; init; } = [];
}

/// <summary>One issuer of tokens. Source: Istio JWTRule.</summary>
internal sealed record JwtRuleSpec
{
    public string Issuer { get; init; } = "";

    /// <summary>Accepted audiences; empty: any.</summary>
    public ModelList<string> Audiences { get; init; } = [];

    /// <summary>Where the keys are; empty: found through the issuer, or <see cref="Jwks"/>.</summary>
    public string JwksUri { get; init; } = "";

    /// <summary>The keys themselves, a JSON Web Key Set.</summary>
    public string Jwks { get; init; } = "";

    public ModelList<JwtHeaderSpec> FromHeaders { get; init; } = [];

    public ModelList<string> FromParams { get; init; } = [];

    public ModelList<string> FromCookies { get; init; } = [];

    /// <summary>Header that receives the payload; null: none.</summary>
    public string? OutputPayloadToHeader { get; init; }

    /// <summary>Default false.</summary>
    public bool? ForwardOriginalToken { get; init; }

    public ModelList<ClaimToHeaderSpec> OutputClaimToHeaders { get; init; } = [];

    /// <summary>Time to fetch the keys. Default 5 s.</summary>
    public TimeSpan? Timeout { get; init; }

    public ModelList<string> SpaceDelimitedClaims { get; init; } = [];
}

/// <summary>A header that holds a token. Source: Istio JWTHeader.</summary>
internal sealed record JwtHeaderSpec(string Name, string Prefix);

/// <summary>A claim that is copied into a header. Source: Istio ClaimToHeader.</summary>
internal sealed record ClaimToHeaderSpec(string Header, string Claim);

/// <summary>Reads a RequestAuthentication.</summary>
internal static class RequestAuthenticationReader
{
    public static RequestAuthenticationSpec Read(ObjectReader reader) => new()
    {
        Target = PolicyTarget.Read(reader),
        JwtRules = reader.List("jwtRules", static r => new JwtRuleSpec
        {
            Issuer = r.String("issuer") ?? "",
            Audiences = r.Strings("audiences"),
            JwksUri = r.String("jwksUri") ?? r.String("jwks_uri") ?? "",
            Jwks = r.String("jwks") ?? "",
            FromHeaders = r.List("fromHeaders", static h => new JwtHeaderSpec(h.String("name") ?? "", h.String("prefix") ?? "")),
            FromParams = r.Strings("fromParams"),
            FromCookies = r.Strings("fromCookies"),
            OutputPayloadToHeader = r.Text("outputPayloadToHeader"),
            ForwardOriginalToken = r.Bool("forwardOriginalToken"),
            OutputClaimToHeaders = r.List("outputClaimToHeaders", static c => new ClaimToHeaderSpec(c.String("header") ?? "", c.String("claim") ?? "")),
            Timeout = r.Duration("timeout"),
            SpaceDelimitedClaims = r.Strings("spaceDelimitedClaims"),
        }),
    };
}
