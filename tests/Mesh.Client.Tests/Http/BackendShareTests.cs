using System.Net;
using Mesh.Client.Balancing;
using Mesh.Client.Resilience;
using Mesh.Model;

namespace Mesh.Client.Tests.Http;

/// <summary>What a single destination of a rule does: rewrite, redirect, edit headers, or answer for a backend that is not there.</summary>
public sealed class BackendShareTests
{
    [Test]
    public async Task The_share_of_a_missing_backend_is_answered_with_500_and_not_handed_on()
    {
        await using var mesh = await TestMesh.StartAsync(GatewayApiYaml.Route("- backendRefs: [{ name: v1, port: 80 }, { name: nobody, port: 80 }]"));

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 200; i++)
        {
            statuses.Add((await mesh.GetAsync(GatewayApiYaml.Url)).StatusCode);
        }

        Assert.That(statuses.Count(static s => s == HttpStatusCode.InternalServerError), Is.InRange(70, 130));
        Assert.That(mesh.Network.RequestsTo("10.0.0.1:80"), Has.Count.EqualTo(statuses.Count(static s => s == HttpStatusCode.OK)));
    }

    [TestCase("backendRefs: [{ name: nobody, port: 80 }]")]
    [TestCase("backendRefs: [{ name: v1, port: 80, weight: 0 }]")]
    [TestCase("backendRefs: []")]
    [TestCase("backendRefs: [{ group: example.com, kind: Bucket, name: v1 }]")]
    [TestCase("{ filters: [{ type: ExtensionRef, extensionRef: { group: example.com, kind: Magic, name: m } }], backendRefs: [{ name: v1, port: 80 }] }")]
    public async Task Nothing_to_send_to_is_500(string rule)
    {
        await using var mesh = await TestMesh.StartAsync(GatewayApiYaml.Route("- " + rule));

        Assert.That((int)(await mesh.GetAsync(GatewayApiYaml.Url)).StatusCode, Is.EqualTo(500));
        Assert.That(mesh.Network.Requests, Is.Empty);
    }

    [Test]
    public async Task A_missing_service_of_weight_0_disturbs_nobody()
    {
        await using var mesh = await TestMesh.StartAsync(GatewayApiYaml.Route("- backendRefs: [{ name: v1, port: 80, weight: 10 }, { name: nobody, port: 80, weight: 0 }]"));

        for (var i = 0; i < 20; i++)
        {
            Assert.That((await mesh.GetAsync(GatewayApiYaml.Url)).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task To_a_grpc_caller_a_missing_backend_is_unavailable()
    {
        await using var mesh = await TestMesh.StartAsync(GatewayApiYaml.Route("- backendRefs: [{ name: nobody, port: 80 }]", "GRPCRoute"));
        var request = new HttpRequestMessage(HttpMethod.Post, GatewayApiYaml.Url + "shop.Catalog/Get") { Content = new ByteArrayContent([]), Version = HttpVersion.Version20 };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/grpc");

        var response = await mesh.SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Header("grpc-status"), Is.EqualTo("14"));
    }

    [TestCase("/shop/a?x=1", "/shop", "/", "/a?x=1")]
    [TestCase("/shop", "/shop", "/", "/")]
    [TestCase("/shop/", "/shop", "/v2", "/v2/")]
    [TestCase("/shop/a", "/shop", "/v2/", "/v2/a")]
    [TestCase("/a", "/", "/v2", "/v2/a")]
    public async Task A_backend_swaps_the_matched_segments(string path, string prefix, string replacement, string expected)
    {
        await using var mesh = await TestMesh.StartAsync(GatewayApiYaml.Route($$"""
            - matches: [{ path: { type: PathPrefix, value: {{prefix}} } }]
              backendRefs:
              - name: v1
                port: 80
                filters: [{ type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: {{replacement}} } } }]
            """));

        await mesh.GetAsync("http://catalog" + path);

        Assert.That(mesh.Network.Requests[^1].Uri!.PathAndQuery, Is.EqualTo(expected));
    }

    [Test]
    public async Task A_full_path_replaces_all_of_a_longer_path_and_a_hostname_the_host()
    {
        await using var mesh = await TestMesh.StartAsync(GatewayApiYaml.Route("""
            - matches: [{ path: { value: /shop } }]
              filters: [{ type: URLRewrite, urlRewrite: { hostname: inner.example, path: { type: ReplaceFullPath, replaceFullPath: /only } } }]
              backendRefs: [{ name: v1, port: 80 }]
            """));

        await mesh.GetAsync("http://catalog/shop/a/b?x=1");

        Assert.That(mesh.Network.Requests[^1].Uri!.PathAndQuery, Is.EqualTo("/only?x=1"));
        Assert.That(mesh.Network.Requests[^1].Headers["Host"], Is.EqualTo("inner.example"));
    }

    [Test]
    public async Task A_rewrite_of_the_backend_takes_the_place_of_the_rules()
    {
        await using var mesh = await TestMesh.StartAsync(GatewayApiYaml.Route("""
            - matches: [{ path: { value: /shop } }]
              filters: [{ type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: /rule } } }]
              backendRefs:
              - name: v1
                port: 80
                filters: [{ type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: /backend } } }]
            """));

        await mesh.GetAsync("http://catalog/shop/a");

        Assert.That(mesh.Network.Requests[^1].Uri!.PathAndQuery, Is.EqualTo("/backend/a"));
    }

    [Test]
    public async Task A_redirect_inside_a_backend_answers_its_share()
    {
        await using var mesh = await TestMesh.StartAsync(GatewayApiYaml.Route("""
            - matches: [{ path: { value: /shop } }]
              backendRefs:
              - name: v1
                port: 80
                filters: [{ type: RequestRedirect, requestRedirect: { scheme: https, statusCode: 308, path: { type: ReplacePrefixMatch, replacePrefixMatch: /new } } }]
            """));

        var response = await mesh.GetAsync("http://catalog/shop/a?x=1");

        Assert.That((int)response.StatusCode, Is.EqualTo(308));
        Assert.That(response.Header("Location"), Is.EqualTo("https://catalog/new/a?x=1"));
        Assert.That(mesh.Network.Requests, Is.Empty);
    }

    [Test]
    public async Task An_added_value_joins_the_one_that_is_there()
    {
        await using var mesh = await TestMesh.StartAsync(GatewayApiYaml.Route("""
            - backendRefs:
              - name: v1
                port: 80
                filters:
                - { type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: x-set, value: new }], add: [{ name: X-Add, value: more }], remove: [x-gone] } }
                - { type: ResponseHeaderModifier, responseHeaderModifier: { set: [{ name: x-answer, value: "1" }] } }
            """));

        var response = await mesh.GetAsync(GatewayApiYaml.Url, ("x-set", "old"), ("x-add", "old"), ("x-gone", "old"));

        var headers = mesh.Network.Requests[^1].Headers;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(headers["x-set"], Is.EqualTo("new"));
            Assert.That(headers["x-add"], Is.EqualTo("old,more"));
            Assert.That(headers.ContainsKey("x-gone"), Is.False);
            Assert.That(response.Header("x-answer"), Is.EqualTo("1"));
        }
    }

    [Test]
    public async Task A_request_no_rule_matches_is_404_on_a_service_with_routes()
    {
        await using var mesh = await TestMesh.StartAsync(GatewayApiYaml.Route("- { matches: [{ path: { value: /shop } }], backendRefs: [{ name: v1, port: 80 }] }"));

        Assert.That((await mesh.GetAsync("http://catalog/shopping")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await mesh.GetAsync("http://v2/")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "a service without routes is not touched");
    }

    [Test]
    public void A_least_pause_comes_before_the_drawn_one()
    {
        var policy = RetryPolicy.Default with { BackoffMinimum = TimeSpan.FromMilliseconds(500) };

        for (var seed = 1ul; seed < 50; seed++)
        {
            Assert.That(Backoff.Next(policy, 1, new SeededRandomSource(seed)).TotalMilliseconds, Is.InRange(500, 525));
        }
    }
}
