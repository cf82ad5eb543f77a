using System.Net;
using System.Net.Sockets;
using Mesh.Client.Transport;

namespace Mesh.Client.Tests.Transport;

public sealed class CountedStreamTests
{
    private readonly OpenConnections _connections = new();

    [TestCase(OpenConnections.One)]
    [TestCase(OpenConnections.Many)]
    public async Task A_connection_counts_from_its_opening_to_its_end(int capacity)
    {
        await using var stream = await ConnectAsync();
        Assert.That(_connections.Capacity, Is.Zero, "it is still opening");

        stream.MarkOpen(capacity);
        Assert.That(_connections.Capacity, Is.EqualTo(capacity));

        await stream.DisposeAsync();
        await stream.DisposeAsync();
        Assert.That(_connections.Capacity, Is.Zero, "once closed it counts no more, and it is closed once");
    }

    [Test]
    public async Task A_connection_that_never_opened_takes_nothing_away()
    {
        await (await ConnectAsync()).DisposeAsync();
        Assert.That(_connections.Capacity, Is.Zero);
    }

    private async Task<CountedStream> ConnectAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.LocalEndpoint);
        return new CountedStream(socket, _connections);
    }
}
