using Mesh.Configuration.Schema;
using static Mesh.Configuration.Istio.CommonSchemas;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.Istio;

/// <summary>The schema of a RequestAuthentication. Source: Istio's CustomResourceDefinition.</summary>
internal static class RequestAuthenticationSchema
{
    private const string HeaderPattern = "^[-_A-Za-z0-9]+$";

    private static readonly TextSchema s_jwksUri = TextOf(1, 2048).Rule("url must have scheme http:// or https://", JwksUri.HasWebScheme);

    private static readonly ObjectSchema s_rule = new ObjectSchema
    {
        { "issuer", TextOf(1) },
        { "audiences", ListOf(TextOf(1)) },
        { "jwksUri", s_jwksUri },
        { "jwks_uri", s_jwksUri },
        { "jwks", Text },
        { "fromHeaders", ListOf(new ObjectSchema { { "name", TextOf(1) }, { "prefix", Text } }.Required("name")) },
        { "fromParams", ListOf(TextOf(1)) },
        { "fromCookies", ListOf(TextOf(1)) },
        { "outputPayloadToHeader", Text },
        { "forwardOriginalToken", Flag },
        {
            "outputClaimToHeaders",
            ListOf(new ObjectSchema { { "header", TextOf(1, pattern: HeaderPattern) }, { "claim", TextOf(1) } }.Required("header", "claim"))
        },
        { "timeout", Duration },
        { "spaceDelimitedClaims", ListOf(TextOf(1), max: 64) },
    }.Rule("only one of jwks or jwksUri can be set", static rule => rule.CountOf("jwks", "jwksUri", "jwks_uri") <= 1);

    public static KindSchema Schema { get; } = new(new ObjectSchema
    {
        { "selector", PolicySelector },
        { "targetRef", TargetRef },
        { "targetRefs", TargetRefs },
        { "jwtRules", ListOf(s_rule, max: 4096) },
    }.Rule(OneAttachment, static spec => spec.CountOf("selector", "targetRef", "targetRefs") <= 1));
}
