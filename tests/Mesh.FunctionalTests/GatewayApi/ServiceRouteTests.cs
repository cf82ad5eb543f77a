using System.Net;
using Mesh.Testing;

namespace Mesh.FunctionalTests.GatewayApi;

/// <summary>Routes of the Gateway API on a service, over real sockets.</summary>
public sealed class ServiceRouteTests
{
    private LoopbackServer _v1 = null!;
    private LoopbackServer _v2 = null!;
    private LoopbackServer _v3 = null!;

    [SetUp]
    public async Task Start()
    {
        _v1 = await LoopbackServer.StartAsync(new LoopbackServerOptions { Name = "v1" });
        _v2 = await LoopbackServer.StartAsync(new LoopbackServerOptions { Name = "v2" });
        _v3 = await LoopbackServer.StartAsync(new LoopbackServerOptions { Name = "v3" });
    }

    [TearDown]
    public async Task Stop()
    {
        await _v1.DisposeAsync();
        await _v2.DisposeAsync();
        await _v3.DisposeAsync();
    }

    [Test]
    public async Task Query_parameters_choose_the_backend_and_no_match_is_404()
    {
        await using var mesh = await RoutedAsync("""
            - { matches: [{ queryParams: [{ name: animal, value: whale }] }], backendRefs: [{ name: v1, port: 80 }] }
            - { matches: [{ path: { value: /p }, queryParams: [{ name: animal, value: whale }] }], backendRefs: [{ name: v2, port: 80 }] }
            """);
        var client = mesh.Client();

        Assert.That(await client.GetStringAsync(new Uri("http://echo/?animal=whale")), Is.EqualTo("v1"));
        Assert.That(await client.GetStringAsync(new Uri("http://echo/p?animal=whale")), Is.EqualTo("v2"));
        Assert.That((await client.GetAsync(new Uri("http://echo/?animal=shark"))).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await client.GetStringAsync(new Uri("http://v1/")), Is.EqualTo("v1"), "the backend itself has no routes");
    }

    [Test]
    public async Task The_backend_sees_the_rewritten_path_the_edited_headers_and_the_query()
    {
        await using var mesh = await RoutedAsync("""
            - matches: [{ path: { value: /prefix } }]
              filters:
              - { type: URLRewrite, urlRewrite: { path: { type: ReplacePrefixMatch, replacePrefixMatch: /one } } }
              - { type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: x-set, value: s }], add: [{ name: x-add, value: b }], remove: [x-gone] } }
              - { type: ResponseHeaderModifier, responseHeaderModifier: { set: [{ name: x-answer, value: yes-it-is }] } }
              backendRefs: [{ name: v1, port: 80 }]
            """);
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://echo/prefix/a?x=1") { Headers = { { "x-add", "a" }, { "x-gone", "g" } } };

        using var response = await mesh.Client().SendAsync(request);

        var seen = _v1.Requests.Single();
        Assert.That(seen.Target, Is.EqualTo("/one/a?x=1"));
        Assert.That((seen.Headers["x-set"], seen.Headers["x-add"], seen.Headers.ContainsKey("x-gone")), Is.EqualTo(("s", "a,b", false)));
        Assert.That(response.Headers.GetValues("x-answer"), Is.EqualTo(new[] { "yes-it-is" }));
    }

    [Test]
    public async Task A_redirect_is_answered_by_the_mesh_and_followed_by_a_client_that_follows()
    {
        await using var mesh = await RoutedAsync("""
            - { matches: [{ path: { value: /old } }], filters: [{ type: RequestRedirect, requestRedirect: { statusCode: 307, hostname: v2, path: { type: ReplacePrefixMatch, replacePrefixMatch: /new } } }] }
            """);

        using var invoker = mesh.Invoker();
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://echo/old/a");
        using var answer = await invoker.SendAsync(request, CancellationToken.None);
        Assert.That((answer.StatusCode, answer.Headers.Location), Is.EqualTo((HttpStatusCode.TemporaryRedirect, new Uri("http://v2/new/a"))));

        Assert.That(await mesh.Client().GetStringAsync(new Uri("http://echo/old/a")), Is.EqualTo("v2"));
        Assert.That(_v2.Requests.Single().Target, Is.EqualTo("/new/a"));
    }

    [Test]
    public async Task A_session_in_the_clients_cookie_jar_keeps_it_on_one_endpoint()
    {
        await using var mesh = await RoutedAsync("- { backendRefs: [{ name: v1, port: 80 }, { name: v2, port: 80 }, { name: v3, port: 80 }], sessionPersistence: { cookie: { name: echo-session } } }");
        using var client = new HttpClient(mesh.Mesh.CreateHandler(new SocketsHttpHandler()));

        var first = await client.GetStringAsync(new Uri("http://echo/"));
        for (var i = 0; i < 20; i++)
        {
            Assert.That(await client.GetStringAsync(new Uri("http://echo/")), Is.EqualTo(first));
        }
    }

    private Task<FunctionalMesh> RoutedAsync(string rules) => FunctionalMesh.StartAsync(
        Yaml.Service("echo.default.svc.cluster.local", _v1) + Yaml.Service("v1.default.svc.cluster.local", _v1)
        + Yaml.Service("v2.default.svc.cluster.local", _v2) + Yaml.Service("v3.default.svc.cluster.local", _v3) + $$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: { name: echo }
        spec:
          parentRefs: [{ group: "", kind: Service, name: echo }]
          rules:
        {{string.Join('\n', rules.Split('\n').Select(static line => "  " + line))}}
        """ + Yaml.End);
}
