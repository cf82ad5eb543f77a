using Mesh.Configuration.Istio;

namespace Mesh.Configuration.Tests.Istio;

public sealed class JwksTextTests
{
    [TestCase("""{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB"}]}""")]
    [TestCase("""{"keys":[]}""")]
    public void A_key_set_has_nothing_wrong(string text) => Assert.That(JwksText.Check(text), Is.EqualTo(((string?)null, false)));

    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("""{"keys":[{"kty":"XXX"}]}""")]
    [TestCase("""{"keys":[{"kty":"RSA","n":"A\ud800","e":"AQAB"}]}""", Description = "half a surrogate pair, escaped")]
    public void What_is_no_key_set_is_refused_with_a_reason(string text) => Assert.That(JwksText.Check(text).Problem, Does.StartWith("jwks parse error"));

    [Test]
    public void Half_a_surrogate_pair_in_the_text_is_refused_and_not_thrown() =>
        Assert.That(JwksText.Check("{\"keys\":[{\"kty\":\"RSA\",\"n\":\"" + '\ud800' + "\",\"e\":\"AQAB\"}]}").Problem, Does.StartWith("jwks parse error"));
}
