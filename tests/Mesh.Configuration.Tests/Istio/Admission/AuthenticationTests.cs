namespace Mesh.Configuration.Tests.Istio.Admission;

/// <summary>A rule of Istio's admission check of RequestAuthentications and PeerAuthentications a row.</summary>
public sealed class AuthenticationTests
{
    [TestCase("{}", null)]
    [TestCase("jwtRules: [{issuer: a}]", null)]
    [TestCase("jwtRules: [{jwksUri: 'https://a/keys'}]", null)]
    [TestCase("jwtRules: [{}]", "issuer or jwksUri must be set")]
    [TestCase("jwtRules: [{jwks: '{\"keys\": []}'}]", "issuer or jwksUri must be set")]
    [TestCase("jwtRules: [{issuer: ''}]", "should be at least 1 chars long")]
    [TestCase("jwtRules: [{issuer: a, jwks: '{\"keys\": []}', jwksUri: 'https://a'}]", "only one of jwks or jwksUri")]
    [TestCase("jwtRules: [{issuer: a, jwksUri: 'http://a:8080/keys?x=1'}]", null)]
    [TestCase("jwtRules: [{issuer: a, jwksUri: 'https://a:x'}]", "is not a URL")]
    [TestCase("jwtRules: [{issuer: a, jwksUri: 'https://a/%zz'}]", "is not a URL")]
    [TestCase("jwtRules: [{issuer: a, jwksUri: 'file:///keys'}]", "http:// or https://")]
    [TestCase("jwtRules: [{issuer: a, jwks: '{'}]", "jwks parse error")]
    [TestCase("jwtRules: [{issuer: a, jwks: '{\"keys\": [{\"kty\": \"RSA\", \"e\": \"AQAB\", \"n\": \"abcd\"}]}'}]", null)]
    [TestCase("jwtRules: [{issuer: a, audiences: [a, '']}]", "should be at least 1 chars long")]
    [TestCase("jwtRules: [{issuer: a, fromHeaders: [{name: ''}]}]", "should be at least 1 chars long")]
    [TestCase("jwtRules: [{issuer: a, fromHeaders: [{prefix: 'Bearer '}]}]", "name: Required value")]
    [TestCase("jwtRules: [{issuer: a, fromParams: ['']}]", "should be at least 1 chars long")]
    [TestCase("jwtRules: [{issuer: a, fromCookies: ['']}]", "should be at least 1 chars long")]
    [TestCase("jwtRules: [{issuer: a, spaceDelimitedClaims: ['']}]", "should be at least 1 chars long")]
    [TestCase("jwtRules: [{issuer: a, outputClaimToHeaders: [{header: x-a, claim: b.c}]}]", null)]
    [TestCase("jwtRules: [{issuer: a, outputClaimToHeaders: [{header: x-a}]}]", "claim: Required value")]
    [TestCase("jwtRules: [{issuer: a, outputClaimToHeaders: [{header: 'x a', claim: b}]}]", "should match")]
    [TestCase("jwtRules: [{issuer: a, timeout: 5s}]", null)]
    [TestCase("jwtRules: [{issuer: a, timeout: 0s}]", "at least 1ms")]
    [TestCase("jwtRules: [{issuer: a, timeout: 1.0005s}]", "whole number of milliseconds")]
    [TestCase("jwtRules: [{issuer: a, timeout: 5}]", "must be of type string")]
    [TestCase("targetRefs: [{kind: Deployment, group: apps, name: a}]", "targetRef must be to one of")]
    public void RequestAuthentication(string spec, string? error) => Admitted.Expect(Admitted.Document("RequestAuthentication", spec), error);

    [TestCase("selector: {}", null, "selector specified without labels")]
    [TestCase("jwtRules: [{issuer: a, jwks: '{\"keys\": [{\"kty\": \"RSA\", \"e\": \"AQAB\", \"n\": \"abcd\", \"d\": \"abcd\"}]}'}]", null, "private or symmetric key")]
    public void RequestAuthentication_is_warned_of(string spec, string? error, string warning) => Admitted.Expect(Admitted.Document("RequestAuthentication", spec), error, warning);

    [TestCase("{}", null)]
    [TestCase("mtls: {mode: STRICT}", null)]
    [TestCase("mtls: {mode: strict}", "Unsupported value")]
    [TestCase("selector: {matchLabels: {app: a}}\nportLevelMtls: {8080: {mode: DISABLE}}", null)]
    [TestCase("portLevelMtls: {8080: {mode: DISABLE}}", "portLevelMtls requires selector")]
    [TestCase("selector: {matchLabels: {app: a}}\nportLevelMtls: {}", "should have at least 1 properties")]
    [TestCase("selector: {matchLabels: {app: a}}\nportLevelMtls: {0: {}}", "port must be between 1-65535")]
    [TestCase("selector: {matchLabels: {app: a}}\nportLevelMtls: {65536: {}}", "port must be between 1-65535")]
    [TestCase("selector: {matchLabels: {app: a}}\nportLevelMtls: {http: {}}", "type conversion error")]
    [TestCase("selector: {matchLabels: {'': a}}", "key must not be empty")]
    [TestCase("selector: {matchLabels: {'a*': b}}", "wildcard not allowed in label key match")]
    [TestCase("targetRefs: [{kind: Service, name: a}]", "unknown field")]
    public void PeerAuthentication(string spec, string? error) => Admitted.Expect(Admitted.Document("PeerAuthentication", spec), error);

    [Test]
    public void A_selector_without_labels_is_warned_of_and_is_none_for_ports()
    {
        Admitted.Expect(Admitted.Document("PeerAuthentication", "selector: {matchLabels: {}}"), null, "selector specified without labels");
        Admitted.Expect(Admitted.Document("PeerAuthentication", "selector: {matchLabels: {}}\nportLevelMtls: {80: {}}"), "portLevelMtls requires selector", "selector specified without labels");
    }
}
