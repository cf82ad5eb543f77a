using Mesh.Configuration.Explain;
using Mesh.Model;

namespace Mesh.Configuration.Tests.Explain;

public sealed class ConditionTests
{
    private static IEnumerable<TestCaseData> Failures()
    {
        static TestCaseData Case(RouteMatch match, string? because) => new(match, because);
        static RouteMatch Header(string name, StringMatch value, bool invert = false) => new() { Headers = [new HeaderMatch(name, value, invert)] };
        yield return Case(new RouteMatch(), null);
        yield return Case(new RouteMatch { Port = 9080 }, "port: 9080 ≠ 80");
        yield return Case(new RouteMatch { Path = new PathMatch(MatchKind.Prefix, "/b") }, "path: prefix \"/b\" ≠ \"/a/1\"");
        yield return Case(new RouteMatch { Path = new PathMatch(MatchKind.PathSeparatedPrefix, "/a/") }, null);
        yield return Case(new RouteMatch { Path = new PathMatch(MatchKind.PathSeparatedPrefix, "/A") }, "path: prefix \"/A\" by segments ≠ \"/a/1\"");
        yield return Case(new RouteMatch { Path = new PathMatch(MatchKind.Exact, "/A/1", IgnoreCase: true) }, null);
        yield return Case(new RouteMatch { Path = new PathMatch(MatchKind.Exact, "/B", IgnoreCase: true) }, "path: exact \"/B\" without case ≠ \"/a/1\"");
        yield return Case(new RouteMatch { Path = new PathMatch(MatchKind.Regex, "/a") }, "path: regex \"/a\" ≠ \"/a/1\"");
        yield return Case(new RouteMatch { Method = new StringMatch(MatchKind.Exact, "POST") }, "method: exact \"POST\" ≠ \"GET\"");
        yield return Case(new RouteMatch { Authority = new StringMatch(MatchKind.Exact, "catalog") }, null);
        yield return Case(Header("x-tag", new StringMatch(MatchKind.Exact, "a,b")), null);
        yield return Case(Header("x-tag", new StringMatch(MatchKind.Exact, "a")), "header x-tag: exact \"a\" ≠ \"a,b\"");
        yield return Case(Header("x-none", new StringMatch(MatchKind.Present)), "header x-none: present ≠ absent");
        yield return Case(Header("x-none", new StringMatch(MatchKind.Present), invert: true), null);
        yield return Case(Header("x-tag", new StringMatch(MatchKind.Present), invert: true), "header x-tag: must be absent, is \"a,b\"");
        yield return Case(Header("x-none", new StringMatch(MatchKind.Regex, ".*"), invert: true), "header x-none: must not be regex \".*\", is absent, which reads as \"\"");
        yield return Case(Header(":path", new StringMatch(MatchKind.Exact, "/a/1?q=1&q=2")), null);
        yield return Case(Header("host", new StringMatch(MatchKind.Exact, "catalog")), null);
        yield return Case(new RouteMatch { QueryParams = [new QueryMatch("q", new StringMatch(MatchKind.Exact, "1"))] }, null);
        yield return Case(new RouteMatch { QueryParams = [new QueryMatch("q", new StringMatch(MatchKind.Exact, "2"))] }, "query parameter q: exact \"2\" ≠ \"1\"");
    }

    [TestCaseSource(nameof(Failures))]
    public void The_first_condition_that_fails_is_named(RouteMatch match, string? because)
    {
        var request = Explained.Request("http://catalog/a/1?q=1&q=2", ("X-Tag", "a"), ("x-tag", "b"));
        Assert.That(new ConditionCheck().FirstFailure(match, new RequestFacts(request, 80)), Is.EqualTo(because));
    }
}
