using Mesh.Configuration.Istio;
using Mesh.Configuration.Kubernetes;
using Mesh.Configuration.Tests.Istio;
using Mesh.Configuration.Validation;

namespace Mesh.Configuration.Tests.Reading;

/// <summary>Secrets as documents. What they hold is never said again.</summary>
public class SecretTests
{
    private const string Head = "apiVersion: v1\nkind: Secret\nmetadata: {name: shop}\n";

    private static SecretSpec Read(string yaml)
    {
        var (documents, problems) = Lowered.Read(Head + yaml);
        Assert.That(problems, Is.Empty);
        return (SecretSpec)documents.Single().Spec;
    }

    [Test]
    public void Values_are_decoded_and_what_stands_as_text_goes_first()
    {
        var secret = Read("type: kubernetes.io/tls\nimmutable: true\ndata: {a: aHVzaA==, b: aHVzaA==, c: ''}\nstringData: {b: loud}");

        Assert.That(secret.Type, Is.EqualTo("kubernetes.io/tls"));
        Assert.That(new[] { secret.Text("a"), secret.Text("b"), secret.Text("c"), secret.Text("d") }, Is.EqualTo(new[] { "hush", "loud", null, null }));
        Assert.That(new[] { secret.FieldOf("a"), secret.FieldOf("b"), secret.KeysField }, Is.EqualTo(new[] { "data.a", "stringData.b", "data" }));
        Assert.That(secret.ToString(), Does.Not.Contain("hush").And.Not.Contain("loud").And.Not.Contain("aHVzaA"));
    }

    [Test]
    public void A_value_may_be_folded_over_lines() =>
        Assert.That(Read("data:\n  a: |\n    aHVz\n    aA==").Text("a"), Is.EqualTo("hush"));

    [TestCase("data: hush5", "data", "must be a mapping of keys to texts")]
    [TestCase("data: [hush5]", "data", "must be a mapping of keys to texts")]
    [TestCase("data: {a: 1357911}", "data.a", "must be a text")]
    [TestCase("stringData: {a: {hush5: x}}", "stringData.a", "must be a text")]
    [TestCase("data: {a: 'hush5'}", "data.a", "is not base64")]
    public void A_mistake_is_said_with_its_place_and_without_the_value(string yaml, string field, string message)
    {
        var (documents, problems) = Lowered.Read(Head + yaml);

        Assert.That(documents, Is.Empty);
        Assert.That(problems.Single(), Has.Property("Field").EqualTo(field).And.Property("Line").EqualTo(4).And.Property("Message").StartsWith(message));
        Assert.That(problems.Single().ToString(), Does.Not.Contain("hush5").And.Not.Contain("1357911"));
    }

    [Test]
    public void A_secret_is_a_kind_that_is_known() =>
        Assert.That(new DocumentValidator().ValidateText(Head + "data: {a: aHVzaA==}").Single(), Has.Property("IsValid").True.And.Property("Warnings").Empty);
}
