using System.Net;
using System.Net.Sockets;
using Mesh.Testing;

namespace Mesh.FunctionalTests.Policies;

/// <summary>How long connections live and how long they may take to open.</summary>
public sealed class ConnectionTests
{
    private static Task<FunctionalMesh> MeshAsync(int port, string pool) => FunctionalMesh.StartAsync(
        Yaml.Service("catalog", "HTTP", (port, "")) + Yaml.Policy("catalog", $"connectionPool: {{ {pool} }}")
        + Yaml.Routes("catalog", "  - { retries: { attempts: 0 }, route: [{ destination: { host: catalog } }] }"));

    [Test]
    public async Task An_idle_connection_is_closed_after_its_time()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var mesh = await MeshAsync(server.Port, "http: { idleTimeout: 0.2s }");

        await mesh.Client().GetStringAsync(new Uri("http://catalog/"));

        await Eventually.BecomesTrueAsync(() => server.OpenConnections == 0, "the connection is closed");
    }

    [Test]
    public async Task An_old_connection_is_replaced()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var mesh = await MeshAsync(server.Port, "tcp: { maxConnectionDuration: 0.2s }");
        using var client = mesh.Client();

        await Eventually.BecomesTrueAsync(
            () => client.GetStringAsync(new Uri("http://catalog/")).GetAwaiter().GetResult() == "server" && server.ConnectionCount > 1, "a second connection is opened");
    }

    [TestCase("http: { maxRequestsPerConnection: 1 }", 3)]
    [TestCase("http: {}", 1)]
    public async Task One_request_for_each_connection_is_heeded(string pool, int connections)
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var mesh = await MeshAsync(server.Port, pool);
        using var client = mesh.Client();

        for (var i = 0; i < 3; i++)
        {
            await client.GetStringAsync(new Uri("http://catalog/"));
        }

        Assert.That(server.ConnectionCount, Is.EqualTo(connections));
    }

    [Test]
    public async Task A_connection_that_does_not_open_in_time_is_given_up()
    {
        // Nobody accepts, and the queue of those who wait to be accepted is full: the next to knock gets no answer.
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var address = (IPEndPoint)listener.LocalEndPoint!;
        var waiting = Enumerable.Range(0, 4).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToArray();
        var connecting = waiting.Select(s => s.ConnectAsync(address)).ToArray();
        await Task.WhenAll(connecting[..2]).WaitAsync(TimeSpan.FromSeconds(10));
        await using var mesh = await MeshAsync(address.Port, "tcp: { connectTimeout: 0.3s }");
        using var client = mesh.Invoker();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));

        var thrown = await Assert.CatchAsync<OperationCanceledException>(() => client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://catalog/"), patience.Token));

        Assert.That(thrown!.InnerException, Is.InstanceOf<TimeoutException>(), "not the test's patience but the connection's time is over");
        foreach (var socket in waiting)
        {
            socket.Dispose();
        }

        await Task.WhenAll(connecting.Select(static c => c.ContinueWith(static _ => { }, TaskScheduler.Default)));
    }
}
