using Mesh.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;

namespace Mesh.FunctionalTests.Clients;

/// <summary>Every way in which an application gets an HttpClient puts it on the mesh.</summary>
public sealed class HttpClientShapeTests
{
    private LoopbackServer _server = null!;

    [SetUp]
    public async Task Start() => _server = await LoopbackServer.StartAsync(new LoopbackServerOptions { Name = "catalog-1" });

    [TearDown]
    public async Task Stop() => await _server.DisposeAsync();

    [Test]
    public async Task A_named_client_reaches_the_service()
    {
        await using var mesh = await FunctionalMesh.StartAsync(Yaml.Service("catalog", _server));

        Assert.That(await mesh.Client().GetStringAsync(new Uri("http://catalog/items?x=1")), Is.EqualTo("catalog-1"));
        Assert.That(_server.Requests[0].Target, Is.EqualTo("/items?x=1"));
        Assert.That(_server.Requests[0].Authority, Is.EqualTo("catalog"), "the Host header is the name the application used");
    }

    [Test]
    public async Task A_typed_client_reaches_the_service()
    {
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("catalog", _server), (services, _) => services.AddHttpClient<TypedCatalog>(c => c.BaseAddress = new Uri("http://catalog")));

        Assert.That(await mesh.Services.GetRequiredService<TypedCatalog>().GetAsync(), Is.EqualTo("catalog-1"));
    }

    [Test]
    public async Task A_mesh_client_is_named_keyed_and_has_its_address()
    {
        await using var mesh = await FunctionalMesh.StartAsync(Yaml.Service("catalog", _server), (services, _) =>
        {
            services.AddMeshClient("catalog");
            services.AddTransient<KeyedConsumer>();
        });

        Assert.That(await mesh.Client("catalog").GetStringAsync("/"), Is.EqualTo("catalog-1"));
        using var scope = mesh.Services.CreateScope();
        Assert.That(await scope.ServiceProvider.GetRequiredService<KeyedConsumer>().Client.GetStringAsync("/"), Is.EqualTo("catalog-1"));
    }

    [Test]
    public async Task A_client_without_a_factory_reaches_the_service()
    {
        await using var mesh = await FunctionalMesh.StartAsync(Yaml.Service("catalog", _server));
        using var client = new HttpClient(mesh.Mesh.CreateHandler());

        Assert.That(await client.GetStringAsync(new Uri("http://catalog/")), Is.EqualTo("catalog-1"));
    }

    [Test]
    public async Task Synchronous_requests_reach_the_service_with_and_without_tracked_bodies()
    {
        await using var mesh = await FunctionalMesh.StartAsync(Yaml.Service("catalog", _server));
        _server.Behavior = LoopbackBehavior.Stream(["one ", "two"]);
        using var client = mesh.Client();

        using var response = client.Send(new HttpRequestMessage(HttpMethod.Get, "http://catalog/"));
        using var reader = new StreamReader(response.Content.ReadAsStream());

        Assert.That(reader.ReadToEnd(), Is.EqualTo("one two"));
        using var streamed = client.Send(new HttpRequestMessage(HttpMethod.Get, "http://catalog/"), HttpCompletionOption.ResponseHeadersRead);
        using var streamReader = new StreamReader(streamed.Content.ReadAsStream());
        Assert.That(streamReader.ReadToEnd(), Is.EqualTo("one two"));
        Assert.That(mesh.ActiveRequests("catalog"), Is.Zero);
    }

    [Test]
    public async Task Handlers_of_the_application_run_once_however_often_the_mesh_tries()
    {
        await using var broken = await LoopbackServer.StartAsync(new LoopbackServerOptions { Behavior = LoopbackBehavior.Status(503) });
        var handler = new RecordingHandler();
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("catalog", broken) + Yaml.Routes("catalog", "  - { retries: { attempts: 3, retryOn: 5xx }, route: [{ destination: { host: catalog } }] }"),
            (services, _) =>
            {
                services.AddHttpClient("test").AddHttpMessageHandler(() => handler);
                services.ConfigureHttpClientDefaults(static d => d.AddHttpMessageHandler(static () => new RecordingHandler()));
            });

        using var response = await mesh.Client().GetAsync(new Uri("http://catalog/"));

        Assert.That((int)response.StatusCode, Is.EqualTo(503));
        Assert.That(broken.RequestCount, Is.EqualTo(4));
        Assert.That(handler.Requests, Is.EqualTo(1));
        Assert.That(broken.Requests.Select(static r => r.Headers["x-user-handler"]), Has.All.StartsWith("1"), "what they did stands on every try");
    }

    [Test]
    public async Task A_rotated_handler_uses_the_connections_of_its_predecessor()
    {
        await using var mesh = await FunctionalMesh.StartAsync(Yaml.Service("catalog", _server));
        await mesh.Client().GetStringAsync(new Uri("http://catalog/"));

        // What a rotation does: a second chain is built for the same name, the first is disposed.
        for (var i = 0; i < 5; i++)
        {
            var builder = mesh.Services.GetRequiredService<HttpMessageHandlerBuilder>();
            builder.Name = "test";
            Action<HttpMessageHandlerBuilder> build = static _ => { };
            foreach (var step in mesh.Services.GetServices<IHttpMessageHandlerBuilderFilter>().Reverse())
            {
                build = step.Configure(build);
            }

            build(builder);
            using var rotated = new HttpClient(builder.Build(), disposeHandler: true);
            await rotated.GetStringAsync(new Uri("http://catalog/"));
        }

        Assert.That(_server.ConnectionCount, Is.EqualTo(1));
        Assert.That(_server.RequestCount, Is.EqualTo(6));
    }

    [Test]
    public async Task A_removed_client_is_off_the_mesh_and_others_stay_on_it()
    {
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("catalog.invalid", _server), (services, _) => services.AddHttpClient("plain").RemoveServiceMesh());

        Assert.That(async () => await mesh.Client("plain").GetStringAsync(new Uri("http://catalog.invalid/")), Throws.InstanceOf<HttpRequestException>());
        Assert.That(await mesh.Client().GetStringAsync(new Uri("http://catalog.invalid/")), Is.EqualTo("catalog-1"));
    }

    [Test]
    public async Task An_unmeshed_host_goes_through_the_clients_own_handler_with_its_cookies_and_redirects()
    {
        var cookies = new System.Net.CookieContainer();
        _server.Behavior = LoopbackBehavior.From(context =>
        {
            if (context.Request.Path == "/start")
            {
                context.Response.Headers.SetCookie = "session=42";
                context.Response.Redirect("/end");
                return Task.CompletedTask;
            }

            return context.Response.WriteAsync($"{context.Request.Path}:{context.Request.Cookies["session"]}");
        });
        await using var mesh = await FunctionalMesh.StartAsync(
            "", (services, _) => services.AddHttpClient("test").ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { CookieContainer = cookies }));

        Assert.That(await mesh.Client().GetStringAsync(new Uri(_server.Address, "/start")), Is.EqualTo("/end:42"));
        Assert.That(cookies.Count, Is.EqualTo(1));
        Assert.That(mesh.Mesh.GetServices(), Is.Empty);
    }

    [Test]
    public async Task A_custom_primary_handler_is_pointed_at_endpoints()
    {
        using var host = new HostBuilder().ConfigureWebHost(web => web.UseTestServer().Configure(app => app.Run(
            static context => context.Response.WriteAsync($"{context.Request.Host} {context.Request.Path} {context.Request.QueryString} {context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget}")))).Build();
        await host.StartAsync();
        var seen = new List<Uri>();
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("catalog", _server),
            (services, _) => services.AddHttpClient("test").ConfigurePrimaryHttpMessageHandler(() => new UriRecorder(seen) { InnerHandler = host.GetTestServer().CreateHandler() }));
        var request = new HttpRequestMessage(HttpMethod.Get, "http://catalog/a%2Fb/c%20d?q=%26x");

        using var response = await mesh.Client().SendAsync(request);

        Assert.That(seen[0].AbsoluteUri, Is.EqualTo($"http://127.0.0.1:{_server.Port}/a%2Fb/c%20d?q=%26x"));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.StartWith("catalog /a%2Fb/c%20d ?q=%26x"));
        Assert.That(request.RequestUri!.AbsoluteUri, Is.EqualTo("http://catalog/a%2Fb/c%20d?q=%26x"), "the caller's message is as before");
        Assert.That(request.Headers.Host, Is.Null);
        Assert.That(_server.RequestCount, Is.Zero);
    }

    [Test]
    public async Task Rotating_a_custom_primary_handler_leaves_nothing_behind()
    {
        await using var mesh = await FunctionalMesh.StartAsync(Yaml.Service("catalog", _server));
        for (var i = 0; i < 20; i++)
        {
            using var client = new HttpClient(mesh.Mesh.CreateHandler(new UriRecorder([]) { InnerHandler = new SocketsHttpHandler() }));
            await client.GetStringAsync(new Uri("http://catalog/"));
        }

        var endpoint = mesh.Runtime.Services.Single().Endpoints.Single();
        Assert.That(endpoint.Transports, Is.Empty, "each handler took its entry with it");
    }

    private sealed class TypedCatalog(HttpClient client)
    {
        public Task<string> GetAsync() => client.GetStringAsync("/");
    }

    private sealed class KeyedConsumer([FromKeyedServices("catalog")] HttpClient client)
    {
        public HttpClient Client { get; } = client;
    }

    private sealed class UriRecorder(List<Uri> seen) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            seen.Add(request.RequestUri!);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
