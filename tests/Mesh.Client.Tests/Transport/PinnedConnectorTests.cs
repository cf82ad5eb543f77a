using System.Net;
using System.Net.Sockets;
using Mesh.Client.Transport;
using Mesh.Model;

namespace Mesh.Client.Tests.Transport;

/// <summary>What a connection is set to when it is opened.</summary>
[TestFixture]
public class PinnedConnectorTests
{
    [Test]
    public async Task Keepalive_is_set_as_written_and_nothing_waits_for_more_to_send()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var keepalive = new TcpKeepalive(7, TimeSpan.FromSeconds(75), TimeSpan.FromSeconds(3));

        await using var stream = await ConnectAsync(listener, keepalive);

        Assert.That(stream.Socket.NoDelay, Is.True);
        Assert.That(Option(stream, SocketOptionLevel.Socket, SocketOptionName.KeepAlive), Is.Not.Zero);
        Assert.That(Option(stream, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime), Is.EqualTo(75));
        Assert.That(Option(stream, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval), Is.EqualTo(3));
        Assert.That(Option(stream, SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount), Is.EqualTo(7));
    }

    [Test]
    public async Task Without_it_the_system_decides()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        await using var stream = await ConnectAsync(listener, null);

        Assert.That(Option(stream, SocketOptionLevel.Socket, SocketOptionName.KeepAlive), Is.Zero);
    }

    private static async Task<NetworkStream> ConnectAsync(TcpListener listener, TcpKeepalive? keepalive)
    {
        // The context names a port only for endpoints without one, and a host only for TLS: neither is asked here.
        var connector = new PinnedConnector("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, keepalive, null, null, null);
        return (NetworkStream)await connector.ConnectAsync(null!, CancellationToken.None);
    }

    private static int Option(NetworkStream stream, SocketOptionLevel level, SocketOptionName name) => (int)stream.Socket.GetSocketOption(level, name)!;
}
