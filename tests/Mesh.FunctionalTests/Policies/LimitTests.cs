using System.Net;
using System.Net.Sockets;
using Mesh.Testing;

namespace Mesh.FunctionalTests.Policies;

/// <summary>Limits of the connection pool answer at once instead of letting requests pile up.</summary>
public sealed class LimitTests
{
    private SyncPoint _gate = null!;

    [SetUp]
    public void Create() => _gate = new SyncPoint("server");

    [TearDown]
    public void CleanUp() => _gate.Dispose();

    [Test]
    public async Task Requests_beyond_connections_and_pending_ones_overflow()
    {
        await using var server = await LoopbackServer.StartAsync(new LoopbackServerOptions { Behavior = LoopbackBehavior.Ok.HeldAt(_gate) });
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("catalog", server) + Yaml.Policy("catalog", "connectionPool: { tcp: { maxConnections: 1 }, http: { http1MaxPendingRequests: 2 } }"));
        using var client = mesh.Client();

        var first = client.GetAsync(new Uri("http://catalog/"));
        await _gate.WaitForArrivalAsync();
        Task<HttpResponseMessage>[] held = [first, client.GetAsync(new Uri("http://catalog/")), client.GetAsync(new Uri("http://catalog/"))];
        await AssertOverflowAsync(client);
        _gate.Open();

        foreach (var request in held)
        {
            Assert.That((await request).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        Assert.That(server.ConnectionCount, Is.EqualTo(1));
        using var after = await client.GetAsync(new Uri("http://catalog/"));
        Assert.That(after.StatusCode, Is.EqualTo(HttpStatusCode.OK), "places are given back");
    }

    /// <summary>Until its connection is open a request is pending, as in Envoy; so a burst meets the limit although every one of it could have a connection.</summary>
    [TestCase("HTTP")]
    [TestCase("HTTP2")]
    public async Task Requests_whose_connection_is_still_opening_are_pending(string protocol)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("catalog", protocol, (((IPEndPoint)listener.LocalEndpoint).Port, ""))
            + Yaml.Policy("catalog", "tls: { mode: SIMPLE }, connectionPool: { http: { http1MaxPendingRequests: 2 } }"));
        using var client = mesh.Client();
        using var givenUp = new CancellationTokenSource();

        // The server takes connections and never answers the handshake.
        Task[] opening = [client.GetAsync(new Uri("http://catalog/"), givenUp.Token), client.GetAsync(new Uri("http://catalog/"), givenUp.Token)];
        await AssertOverflowAsync(client);
        await givenUp.CancelAsync();
        foreach (var request in opening)
        {
            Assert.That(async () => await request, Throws.InstanceOf<OperationCanceledException>());
        }
    }

    [Test]
    public async Task Open_connections_make_room_for_more_than_the_pending_ones()
    {
        await using var server = await LoopbackServer.StartAsync(new LoopbackServerOptions { Behavior = LoopbackBehavior.Ok.HeldAt(_gate) });
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("catalog", server) + Yaml.Policy("catalog", "connectionPool: { http: { http1MaxPendingRequests: 1 } }"));
        using var client = mesh.Client();

        var held = new List<Task<HttpResponseMessage>>();
        for (var i = 0; i < 4; i++)
        {
            held.Add(client.GetAsync(new Uri("http://catalog/")));
            await _gate.WaitForArrivalAsync();
        }

        _gate.Open();
        Assert.That((await Task.WhenAll(held)).Select(static r => r.StatusCode), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(server.ConnectionCount, Is.EqualTo(4));
    }

    [TestCase("HTTP", LoopbackProtocol.Http1)]
    [TestCase("HTTP2", LoopbackProtocol.H2c)]
    public async Task Requests_beyond_the_greatest_number_overflow(string protocol, LoopbackProtocol spoken)
    {
        await using var server = await LoopbackServer.StartAsync(new LoopbackServerOptions { Protocols = [spoken], Behavior = LoopbackBehavior.Ok.HeldAt(_gate) });
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("catalog", protocol, (server.Port, "")) + Yaml.Policy("catalog", "connectionPool: { http: { http2MaxRequests: 2 } }"));
        using var client = mesh.Client();

        var held = Enumerable.Range(0, 2).Select(_ => client.GetAsync(new Uri("http://catalog/"))).ToArray();
        await AssertOverflowAsync(client);
        _gate.Open();

        foreach (var request in held)
        {
            Assert.That((await request).StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        Assert.That(server.RequestCount, Is.EqualTo(2));
    }

    [Test]
    public async Task Retries_beyond_the_limit_are_not_made()
    {
        await using var server = await LoopbackServer.StartAsync(new LoopbackServerOptions { Behavior = LoopbackBehavior.Status(503) });
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("catalog", server) + Yaml.Policy("catalog", "connectionPool: { http: { maxRetries: 1 } }")
            + Yaml.Routes("catalog", "  - { retries: { attempts: 1, retryOn: 5xx }, route: [{ destination: { host: catalog } }] }"));
        using var client = mesh.Client();
        server.Behavior = LoopbackBehavior.From(async context =>
        {
            if (context.Request.Headers.ContainsKey("x-envoy-attempt-count"))
            {
                await _gate.ReachAsync(context.RequestAborted);
            }

            context.Response.StatusCode = 503;
        });

        var first = client.GetAsync(new Uri("http://catalog/"));
        await _gate.WaitForArrivalAsync();
        using var second = await client.GetAsync(new Uri("http://catalog/"));

        Assert.That((int)second.StatusCode, Is.EqualTo(503));
        Assert.That(server.RequestCount, Is.EqualTo(3), "the second request was not retried: the only place for retries is taken");
        _gate.Open();
        using var response = await first;
        using var third = await client.GetAsync(new Uri("http://catalog/"));
        Assert.That(server.RequestCount, Is.EqualTo(5), "the place is free again");
    }

    private static async Task AssertOverflowAsync(HttpClient client)
    {
        using var refused = await client.GetAsync(new Uri("http://catalog/"));
        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(refused.Headers.GetValues("x-mesh-response-flags"), Is.EqualTo(new[] { "UO" }));
    }
}
