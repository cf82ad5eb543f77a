using Mesh.Configuration.Naming;

namespace Mesh.Configuration.Tests.Naming;

public sealed class UrlTextTests
{
    [TestCase("http://a/b?c#d", "http")]
    [TestCase("HTTPS://a:443", "https")]
    [TestCase("a/b", "")]
    [TestCase("/a", "")]
    [TestCase("//a/b", "")]
    [TestCase("", "")]
    [TestCase("mailto:x", "mailto")]
    [TestCase("a.b:80/c", "a.b")]
    [TestCase("http://user:pw@[2001:db8::1]:80/", "http")]
    [TestCase("http://ü/", "http")]
    [TestCase("http://%C3%BC/", "http")]
    [TestCase("/a%20b", "")]
    public void A_reference(string text, string scheme)
    {
        Assert.That(UrlText.TryParse(text, out var found), Is.True);
        Assert.That(found, Is.EqualTo(scheme));
    }

    [TestCase(":a")]
    [TestCase("1:b")]
    [TestCase("http://a:b/")]
    [TestCase("http://a b/")]
    [TestCase("http://a%20b/")]
    [TestCase("http://[::1")]
    [TestCase("http://[x]/")]
    [TestCase("http://a@b@c{/")]
    [TestCase("/a%zz")]
    [TestCase("/a%2")]
    [TestCase("/a#%")]
    [TestCase("/a\n")]
    public void No_reference(string text) => Assert.That(UrlText.TryParse(text, out _), Is.False);

    [TestCase("http://a", true)]
    [TestCase("/a", true)]
    [TestCase("*", true)]
    [TestCase("a.b:80/c", true)]
    [TestCase("a/b", false)]
    [TestCase("", false)]
    public void A_request_needs_a_scheme_or_a_root(string text, bool expected) => Assert.That(UrlText.TryParseRequest(text, out _), Is.EqualTo(expected));
}
