using Mesh.Configuration.Explain;
using Mesh.Model;

namespace Mesh.Configuration.Tests.Explain;

public sealed class RewriteAndRedirectTests
{
    [TestCase(MatchKind.Prefix, "/foo", "/bar", "/foo/x", "/bar/x")]
    [TestCase(MatchKind.Prefix, "/foo", "/", "/foo/x", "//x")]
    [TestCase(MatchKind.Prefix, "/foo/", "/", "/foo/x", "/x")]
    [TestCase(MatchKind.Exact, "/foo", "/bar", "/foo", "/bar")]
    [TestCase(MatchKind.Regex, "/f.*", "/bar", "/foo/x", "/bar")]
    [TestCase(MatchKind.PathSeparatedPrefix, "/foo", "/xyz", "/foo/bar", "/xyz/bar")]
    [TestCase(MatchKind.PathSeparatedPrefix, "/foo", "/", "/foo", "/")]
    [TestCase(MatchKind.PathSeparatedPrefix, "/foo", "/", "/foo/", "/")]
    [TestCase(MatchKind.PathSeparatedPrefix, "/foo", "/", "/foo/bar", "/bar")]
    [TestCase(MatchKind.PathSeparatedPrefix, "/foo", "", "/foo/bar", "/bar")]
    [TestCase(MatchKind.PathSeparatedPrefix, "/foo", "/xyz", "/foo/", "/xyz/")]
    public void What_was_matched_is_replaced(MatchKind kind, string pattern, string replacement, string path, string expected) =>
        Assert.That(new PathRewrite().Apply(new Rewrite { Path = replacement }, path, new PathMatch(kind, pattern)), Is.EqualTo(expected));

    [Test]
    public void Without_a_path_condition_the_leading_slash_is_replaced() =>
        Assert.That(new PathRewrite().Apply(new Rewrite { Path = "/bar" }, "/foo", null), Is.EqualTo("/barfoo"));

    [Test]
    public void A_full_path_replaces_everything_but_the_query() =>
        Assert.That(new PathRewrite().Apply(new Rewrite { FullPath = "/bar" }, "/foo/x", new PathMatch(MatchKind.PathSeparatedPrefix, "/foo")), Is.EqualTo("/bar"));

    [TestCase("^/service/([^/]+)(/.*)$", @"\2/instance/\1", "/service/foo/v1/api", "/v1/api/instance/foo")]
    [TestCase("one", "two", "/xxx/one/yyy/one/zzz", "/xxx/two/yyy/two/zzz")]
    [TestCase("(?i)/xxx/", "/yyy/", "/aaa/XxX/bbb", "/aaa/yyy/bbb")]
    [TestCase("a", @"\\1", "/a", @"/\1")]
    [TestCase("/a", "", "/a", "/")]
    [TestCase("a", "$0", "/a", "/$0")]
    public void Expressions_replace_every_place_they_are_found(string pattern, string substitution, string path, string expected) =>
        Assert.That(new PathRewrite().Apply(new Rewrite { RegexPattern = pattern, RegexSubstitution = substitution }, path, null), Is.EqualTo(expected));

    private static IEnumerable<TestCaseData> Redirects()
    {
        static TestCaseData Case(RedirectAction redirect, string expected, string url = "http://catalog/a?q=1", string? host = null) => new(redirect, expected, url, host);
        yield return Case(new RedirectAction { Path = "/b" }, "http://catalog/b?q=1");
        yield return Case(new RedirectAction { Path = "/b?c" }, "http://catalog/b?c");
        yield return Case(new RedirectAction { Authority = "other" }, "http://other/a?q=1", "http://catalog:8080/a?q=1");
        yield return Case(new RedirectAction { Path = "/b" }, "http://catalog:8080/b", "http://catalog:8080/a");
        yield return Case(new RedirectAction { Path = "/b" }, "http://host:1234/b", "http://catalog:8080/a", "host:1234");
        yield return Case(new RedirectAction { Scheme = "https" }, "https://catalog/a", "http://catalog:80/a", "catalog:80");
        yield return Case(new RedirectAction { Scheme = "https" }, "https://catalog:8080/a", "http://catalog:8080/a");
        yield return Case(new RedirectAction { Scheme = "https", Port = 443 }, "https://catalog/a", "http://catalog:8080/a");
        yield return Case(new RedirectAction { Port = 8443 }, "http://catalog:8443/a", "http://catalog/a");
        yield return Case(new RedirectAction { Port = 80 }, "http://catalog/a", "http://catalog:8080/a");
        yield return Case(new RedirectAction { DerivePortFromRequest = true, Authority = "other" }, "http://other:8080/a", "http://catalog:8080/a");
        yield return Case(new RedirectAction { Authority = "other:99", Port = 8443 }, "http://other:99/a", "http://catalog/a");
        yield return Case(new RedirectAction { PrefixRewrite = "/z" }, "http://catalog/za", "http://catalog/a");
    }

    [TestCaseSource(nameof(Redirects))]
    public void A_redirect_keeps_what_it_does_not_change(RedirectAction redirect, string expected, string url, string? host)
    {
        var model = new MeshModel { Services = [Explained.Service("catalog", new RouteRule { Action = redirect }) with { Ports = [] }] };
        var explanation = Explained.By(model, Explained.Request(url) with { Host = host });
        Assert.That(explanation.Redirect, Is.EqualTo(new ExplainedRedirect(301, expected)));
    }
}
