using Mesh.Configuration.Explain;
using Mesh.Model;

namespace Mesh.Configuration.Tests.GatewayApi;

/// <summary>What filters, weights and sessions make of a request.</summary>
public sealed class FilterTests
{
    private static readonly string s_services = Routed.Services("default", "shop", "a", "b");

    [TestCase("/foo", "/xyz", "/foo", "/xyz")]
    [TestCase("/foo", "/xyz", "/foo/", "/xyz/")]
    [TestCase("/foo", "/xyz", "/foo/bar?q=1", "/xyz/bar?q=1")]
    [TestCase("/foo/", "/xyz/", "/foo/bar", "/xyz/bar")]
    [TestCase("/foo", "", "/foo", "/")]
    [TestCase("/foo", "/", "/foo/", "/")]
    [TestCase("/foo", "/", "/foo/bar", "/bar")]
    [TestCase("/", "/xyz", "/bar", "/xyz/bar")]
    public void A_prefix_is_swapped_by_segments(string prefix, string replacement, string path, string expected) => Assert.That(
        Request($"matches: [{{path: {{value: {prefix}}}}}], filters: [{{type: URLRewrite, urlRewrite: {{path: {{type: ReplacePrefixMatch, replacePrefixMatch: '{replacement}'}}}}}}]", path).Path,
        Is.EqualTo(expected));

    [Test]
    public void A_rewrite_changes_the_host_and_drops_the_rest_of_a_path_but_not_the_query()
    {
        var request = Request("filters: [{type: URLRewrite, urlRewrite: {hostname: one.example, path: {type: ReplaceFullPath, replaceFullPath: /new}}}]", "/old/path?q=1");

        Assert.That((request.Authority, request.Path), Is.EqualTo(("one.example", "/new?q=1")));
    }

    [Test]
    public void Headers_are_set_added_and_removed_and_of_two_entries_for_a_name_the_first_counts()
    {
        const string Edits = "set: [{name: X-Set, value: new}, {name: x-set, value: late}], add: [{name: X-Add, value: more}, {name: X-New, value: one}], remove: [x-remove]";
        var request = Request(
            $"filters: [{{type: RequestHeaderModifier, requestHeaderModifier: {{{Edits}}}}}]", "/",
            ("X-Set", "old"), ("X-Add", "old"), ("X-Remove", "old"), ("X-Keep", "old"));

        Assert.That(request.Headers, Is.EquivalentTo(new Dictionary<string, string> { ["X-Set"] = "new", ["X-Add"] = "old,more", ["X-New"] = "one", ["X-Keep"] = "old" }));
    }

    [TestCase("type: ExtensionRef, extensionRef: {group: a.example, kind: Filter, name: f}", 500)]
    [TestCase("type: ExternalAuth, externalAuth: {protocol: GRPC, grpc: {}, backendRef: {name: a, port: 80}}", 403)]
    public void A_filter_that_nobody_knows_is_never_passed_over(string filter, int status)
    {
        var ofRule = Routed.By(s_services + Routed.OnService("r", $"- {{filters: [{{{filter}}}], backendRefs: [{{name: a, port: 80}}]}}")).Ask("http://shop/");
        var ofBackend = Routed.By(s_services + Routed.OnService("r", $"- {{backendRefs: [{{name: a, port: 80, filters: [{{{filter}}}]}}, {{name: b, port: 80}}]}}")).Ask("http://shop/");

        Assert.That((ofRule.Outcome, ofRule.Status), Is.EqualTo((ExplainedOutcome.Error, (int?)status)));
        Assert.That(ofBackend.Destinations.Select(static d => (d.Service, d.Status)), Is.EqualTo(new[] { ("a", (int?)status), ("b", null) }));
    }

    [TestCase("{name: a, port: 80, weight: 1}, {name: b, port: 80, weight: 3}", "a 0.25, b 0.75")]
    [TestCase("{name: a, port: 80, weight: 0}, {name: b, port: 80}", "b 1")]
    [TestCase("{name: nobody, port: 80, weight: 0}, {name: b, port: 80}", "b 1")]
    [TestCase("{name: nobody, port: 80}, {name: b, port: 80}", "nobody 0.5 500, b 0.5")]
    [TestCase("{name: a, port: 81}, {name: b, port: 80}", "a 0.5 500, b 0.5")]
    [TestCase("{name: a, port: 80, weight: 0}", " 1 500")]
    [TestCase("", " 1 500")]
    public void Each_backend_has_its_share_and_keeps_it(string backends, string shares)
    {
        var destinations = Routed.By(s_services + Routed.OnService("r", $"- {{backendRefs: [{backends}]}}")).Ask("http://shop/").Destinations;

        Assert.That(string.Join(", ", destinations.Select(static d => FormattableString.Invariant($"{d.Service} {d.Share} {d.Status}").TrimEnd())), Is.EqualTo(shares));
    }

    [Test]
    public void Copies_of_one_backends_filter_are_as_many_as_its_requests()
    {
        const string Mirror = "filters: [{type: RequestMirror, requestMirror: {backendRef: {name: shop, port: 80}, percent: 50}}]";
        var mirrors = Routed.By(s_services + Routed.OnService("r", $"- {{backendRefs: [{{name: a, port: 80, weight: 1, {Mirror}}}, {{name: b, port: 80, weight: 3}}]}}")).Ask("http://shop/").Mirrors;

        Assert.That(mirrors.Single().Percent, Is.EqualTo(12.5));
    }

    [Test]
    public void A_session_outlives_the_weight_of_its_backend_and_keeps_its_cookie()
    {
        const string Session = "sessionPersistence: {absoluteTimeout: 1h, cookie: {name: s, path: /shop, lifetimeType: Permanent}}";
        var model = Routed.By(s_services + Routed.OnService("r", $"- {{{Session}, backendRefs: [{{name: a, port: 80, weight: 0}}, {{name: b, port: 80}}]}}")).Snapshot.Model;
        var action = (ForwardAction)model.Services.Single(static s => s.Name.StartsWith("shop.", StringComparison.Ordinal)).Rules.Single().Action;

        Assert.That(action.Destinations.Select(static d => d.Weight), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(action.SessionPersistence, Is.EqualTo(new SessionPersistence { Name = "s", Path = "/shop", IsPermanent = true, AbsoluteTimeout = TimeSpan.FromHours(1) }));
    }

    [Test]
    public void A_limit_for_each_try_holds_for_the_default_retries_too()
    {
        var retries = Routed.By(s_services + Routed.OnService("r", "- {timeouts: {backendRequest: 2s}, backendRefs: [{name: a, port: 80}]}")).Ask("http://shop/").Retries!;

        Assert.That((retries.Attempts, retries.PerTryTimeout), Is.EqualTo((MeshModel.Empty.DefaultRetries.Attempts, (TimeSpan?)TimeSpan.FromSeconds(2))));
    }

    private static ExplainedBackendRequest Request(string rule, string path, params (string Name, string Value)[] headers) =>
        Routed.By(s_services + Routed.OnService("r", $"- {{{rule}, backendRefs: [{{name: a, port: 80}}]}}")).Ask("http://shop" + path, headers: headers).Destinations.Single().Request!;
}
