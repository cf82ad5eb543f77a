using System.Net;
using Mesh.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh.Client.Tests.Http;

/// <summary>Which destination a request reaches, over the whole request path.</summary>
[TestFixture]
public class RoutingTests
{
    private static readonly string s_reviews = TestMesh.Service("reviews.shop.local", "10.0.0.1 version=v1", "10.0.0.2 version=v2", "10.0.0.3 version=v3") + """
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: { name: reviews }
        spec:
          host: reviews.shop.local
          subsets:
          - { name: v1, labels: { version: v1 } }
          - { name: v2, labels: { version: v2 } }
          - { name: v3, labels: { version: v3 } }
        ---

        """;

    private static string Rules(string http) => s_reviews + $"""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {"{"} name: reviews {"}"}
        spec:
          hosts: [reviews.shop.local]
          http:
        {http}
        """;

    private static string To(string subset) => $"route: [{{ destination: {{ host: reviews.shop.local, subset: {subset} }} }}]";

    [TestCase("uri: { exact: /a }", "http://reviews.shop.local/a", true)]
    [TestCase("uri: { exact: /a }", "http://reviews.shop.local/a?x=1", true)]
    [TestCase("uri: { exact: /a }", "http://reviews.shop.local/a/", false)]
    [TestCase("uri: { prefix: /a }", "http://reviews.shop.local/abc", true)]
    [TestCase("uri: { prefix: /a }", "http://reviews.shop.local/b", false)]
    [TestCase("uri: { regex: '/[a-c]+' }", "http://reviews.shop.local/abc", true)]
    [TestCase("uri: { regex: '/[a-c]+' }", "http://reviews.shop.local/abcd", false)]
    [TestCase("uri: { prefix: /A }, ignoreUriCase: true", "http://reviews.shop.local/abc", true)]
    [TestCase("method: { exact: GET }", "http://reviews.shop.local/", true)]
    [TestCase("method: { exact: POST }", "http://reviews.shop.local/", false)]
    [TestCase("headers: { end-user: { exact: jason } }", "http://reviews.shop.local/", true)]
    [TestCase("headers: { end-user: { prefix: jas } }", "http://reviews.shop.local/", true)]
    [TestCase("headers: { end-user: {} }", "http://reviews.shop.local/", true)]
    [TestCase("headers: { absent: {} }", "http://reviews.shop.local/", false)]
    [TestCase("withoutHeaders: { end-user: { exact: jason } }", "http://reviews.shop.local/", false)]
    [TestCase("withoutHeaders: { absent: {} }", "http://reviews.shop.local/", true)]
    [TestCase("withoutHeaders: { absent: { regex: '.*' } }", "http://reviews.shop.local/", false)]
    [TestCase("queryParams: { x: { exact: '1' } }", "http://reviews.shop.local/?y=2&x=1", true)]
    [TestCase("queryParams: { x: { exact: '1' } }", "http://reviews.shop.local/?x=2&x=1", false)]
    [TestCase("queryParams: { x: {} }", "http://reviews.shop.local/?x=", true)]
    [TestCase("authority: { exact: reviews.shop.local }", "http://reviews.shop.local/", true)]
    [TestCase("authority: { prefix: other }", "http://reviews.shop.local/", false)]
    [TestCase("port: 80", "http://reviews.shop.local/", true)]
    [TestCase("port: 81", "http://reviews.shop.local/", false)]
    [TestCase("scheme: { exact: http }", "http://reviews.shop.local/", true)]
    public async Task A_condition_decides_over_the_rule(string match, string url, bool matches)
    {
        await using var mesh = await TestMesh.StartAsync(Rules($"  - match: [{{ {match} }}]\n    {To("v2")}\n  - {To("v1")}"));

        await mesh.GetAsync(url, ("end-user", "jason"));

        Assert.That(mesh.LastEndpoint, Is.EqualTo(matches ? "10.0.0.2:80" : "10.0.0.1:80"));
    }

    [TestCase("/a", "testers.first")]
    [TestCase("/b", "testers")]
    public async Task A_match_with_a_name_has_a_route_name_of_its_own(string path, string name)
    {
        await using var mesh = await TestMesh.StartAsync(Rules($"  - name: testers\n    match: [{{ name: first, uri: {{ exact: /a }} }}, {{ uri: {{ exact: /b }} }}]\n    {To("v2")}"));
        var request = new HttpRequestMessage(HttpMethod.Get, "http://reviews.shop.local" + path);

        var table = mesh.Runtime.Current!.FindService("reviews.shop.local")!.TableFor(request.RequestUri!);

        Assert.That(table.Match(request, out _).Name, Is.EqualTo(name));
    }

    [Test]
    public async Task Conditions_of_one_match_are_all_needed_and_matches_are_alternatives()
    {
        await using var mesh = await TestMesh.StartAsync(Rules($"""
              - match:
                - uri: {"{"} prefix: /a {"}"}
                  method: {"{"} exact: POST {"}"}
                - uri: {"{"} exact: /b {"}"}
                {To("v2")}
              - {To("v1")}
            """));

        await mesh.GetAsync("http://reviews.shop.local/a");
        Assert.That(mesh.LastEndpoint, Is.EqualTo("10.0.0.1:80"), "the method is wrong");
        await mesh.GetAsync("http://reviews.shop.local/b");
        Assert.That(mesh.LastEndpoint, Is.EqualTo("10.0.0.2:80"), "the second alternative holds");
    }

    [Test]
    public async Task The_first_matching_rule_wins_among_many_prefixes()
    {
        // More rules than are scanned, so the index decides; later, longer prefixes must not overtake.
        var rules = string.Join('\n', Enumerable.Range(0, 100).Select(i => $"  - match: [{{ uri: {{ prefix: /p{i}/ }} }}]\n    {To(i % 2 == 0 ? "v1" : "v2")}"));
        await using var mesh = await TestMesh.StartAsync(Rules($"  - match: [{{ uri: {{ prefix: /p4 }} }}]\n    {To("v3")}\n{rules}\n  - {To("v1")}"));

        await mesh.GetAsync("http://reviews.shop.local/p41/x");
        Assert.That(mesh.LastEndpoint, Is.EqualTo("10.0.0.3:80"), "the shorter prefix stands first");
        await mesh.GetAsync("http://reviews.shop.local/p51/x");
        Assert.That(mesh.LastEndpoint, Is.EqualTo("10.0.0.2:80"));
        await mesh.GetAsync("http://reviews.shop.local/p99");
        Assert.That(mesh.LastEndpoint, Is.EqualTo("10.0.0.1:80"), "no prefix covers it");
    }

    [Test]
    public async Task Traffic_is_split_by_weight()
    {
        await using var mesh = await TestMesh.StartAsync(Rules("""
              - route:
                - { destination: { host: reviews.shop.local, subset: v1 }, weight: 90 }
                - { destination: { host: reviews.shop.local, subset: v2 }, weight: 10 }
            """));

        for (var i = 0; i < 2000; i++)
        {
            await mesh.GetAsync("http://reviews.shop.local/");
        }

        Assert.That(mesh.Network.RequestsTo("10.0.0.2:80"), Has.Count.InRange(140, 260));
        Assert.That(mesh.Network.RequestsTo("10.0.0.3:80"), Is.Empty);
    }

    [Test]
    public async Task A_request_that_no_rule_matches_is_answered_404()
    {
        await using var mesh = await TestMesh.StartAsync(Rules($"  - match: [{{ uri: {{ exact: /a }} }}]\n    {To("v1")}"));

        var response = await mesh.GetAsync("http://reviews.shop.local/b");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(response.Headers.GetValues("x-mesh-response-flags"), Is.EqualTo(new[] { "NR" }));
        Assert.That(mesh.Network.Requests, Is.Empty);
    }

    [Test]
    public async Task An_unknown_subset_is_answered_503_with_NC()
    {
        await using var mesh = await TestMesh.StartAsync(Rules($"  - {To("v9")}"));

        var response = await mesh.GetAsync("http://reviews.shop.local/");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(response.Headers.GetValues("x-mesh-response-flags"), Is.EqualTo(new[] { "NC" }));
    }

    [Test]
    public async Task The_request_keeps_its_logical_target_and_is_restored()
    {
        await using var mesh = await TestMesh.StartAsync(Rules($"""
              - rewrite: {"{"} uri: /new, authority: other.local {"}"}
                match: [{"{"} uri: {"{"} prefix: /old {"}"} {"}"}]
                headers: {"{"} request: {"{"} set: {"{"} x-a: b {"}"} {"}"} {"}"}
                {To("v1")}
            """));
        var request = new HttpRequestMessage(HttpMethod.Get, "http://reviews.shop.local/old/x?q=1");
        request.Headers.TryAddWithoutValidation("x-mine", "1");

        await mesh.SendAsync(request);

        var seen = mesh.Network.Requests[0];
        Assert.That(seen.Uri!.PathAndQuery, Is.EqualTo("/new/x?q=1"));
        Assert.That(seen.Headers["Host"], Is.EqualTo("other.local"));
        Assert.That(seen.Headers["x-a"], Is.EqualTo("b"));
        Assert.That(request.RequestUri!.AbsoluteUri, Is.EqualTo("http://reviews.shop.local/old/x?q=1"));
        Assert.That(request.Headers.Host, Is.Null);
        Assert.That(request.Headers.NonValidated.Select(static h => h.Key), Is.EqualTo(new[] { "x-mine" }));
    }

    [Test]
    public async Task A_redirect_answers_without_forwarding()
    {
        await using var mesh = await TestMesh.StartAsync(Rules("""
              - match: [{ uri: { prefix: /old } }]
                redirect: { uri: /new, authority: example.com, redirectCode: 302 }
            """));

        var response = await mesh.GetAsync("http://reviews.shop.local/old?x=1");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(response.Headers.Location!.AbsoluteUri, Is.EqualTo("http://example.com/new?x=1"));
        Assert.That(mesh.Network.Requests, Is.Empty);
    }

    [Test]
    public async Task A_direct_response_answers_without_forwarding()
    {
        await using var mesh = await TestMesh.StartAsync(Rules("  - directResponse: { status: 503, body: { string: closed } }"));

        var response = await mesh.GetAsync("http://reviews.shop.local/");

        Assert.That((int)response.StatusCode, Is.EqualTo(503));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("closed"));
    }

    [Test]
    public async Task Response_headers_are_edited()
    {
        await using var mesh = await TestMesh.StartAsync(Rules($"  - headers: {{ response: {{ set: {{ x-a: '1' }}, remove: [x-b] }} }}\n    {To("v1")}"));
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Status(200).WithHeader("x-b", "gone"));

        var response = await mesh.GetAsync("http://reviews.shop.local/");

        Assert.That(response.Headers.GetValues("x-a"), Is.EqualTo(new[] { "1" }));
        Assert.That(response.Headers.Contains("x-b"), Is.False);
    }

    [Test]
    public async Task Registry_only_refuses_unknown_hosts()
    {
        await using var mesh = await TestMesh.StartAsync(s_reviews, options: o => o.OutboundTrafficPolicy = Model.OutboundTrafficPolicy.RegistryOnly);

        var response = await mesh.GetAsync("http://unknown.example/");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadGateway));
    }

    [Test]
    public async Task Registry_only_refuses_unknown_hosts_of_synchronous_requests_too()
    {
        await using var mesh = await TestMesh.StartAsync(s_reviews, options: static o => o.OutboundTrafficPolicy = Model.OutboundTrafficPolicy.RegistryOnly);

        using var response = mesh.Client.Send(new HttpRequestMessage(HttpMethod.Get, "http://unknown.example/"), CancellationToken.None);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.BadGateway));
    }

    [Test]
    public async Task A_regex_rewrite_fills_its_groups_in()
    {
        await using var mesh = await TestMesh.StartAsync(Rules($$"""
              - rewrite: { uriRegexRewrite: { match: '/(\w+)/items/(\d+)', rewrite: '/\2/of/$/\1' } }
                {{To("v1")}}
            """));

        await mesh.GetAsync("http://reviews.shop.local/shop/items/42?q=1");

        Assert.That(mesh.Network.Requests[0].Uri!.PathAndQuery, Is.EqualTo("/42/of/$/shop?q=1"));
    }

    [Test]
    public async Task Passthrough_balancing_goes_to_the_host_of_the_request()
    {
        await using var mesh = await TestMesh.StartAsync(TestMesh.Service("direct.local", "10.0.0.1") + """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: { name: direct }
            spec:
              host: direct.local
              trafficPolicy: { loadBalancer: { simple: PASSTHROUGH } }
            """);

        await mesh.GetAsync("http://direct.local/");

        Assert.That(mesh.LastEndpoint, Is.EqualTo("direct.local:80"));
    }

    [Test]
    public async Task The_first_request_waits_for_discovery()
    {
        var source = new Discovery.ScriptedSource();
        await using var mesh = await TestMesh.StartAsync(TestMesh.DiscoveredService("late"), m => m.AddEndpointSource(source));
        var sending = mesh.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://late/"), CancellationToken.None);
        await source.StartedAsync();
        Assert.That(sending.IsCompleted, Is.False);

        source.Says("10.0.0.7:80");

        using var response = await sending.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(mesh.LastEndpoint, Is.EqualTo("10.0.0.7:80"));
    }
}
