using System.Net;
using System.Net.Sockets;

namespace Mesh.Testing;

/// <summary>
/// A loopback port that stays ours while the server is down: a socket is bound to it and does not listen, so connects are refused and
/// nobody else, a client's own outgoing connection included, is given the number.
/// </summary>
internal sealed class ReservedPort : IDisposable
{
    private Socket? _socket;

    public ReservedPort()
    {
        Reserve();
    }

    public int Number { get; private set; }

    /// <summary>Binds the port (the first time: any free one).</summary>
    public void Reserve()
    {
        _socket?.Dispose();
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, Number));
        Number = ((IPEndPoint)socket.LocalEndPoint!).Port;
        _socket = socket;
    }

    /// <summary>Hands the bound socket to a server, which owns it from then on.</summary>
    public Socket Take() => Interlocked.Exchange(ref _socket, null) ?? throw new InvalidOperationException($"Port {Number} is in use.");

    public void Dispose() => Interlocked.Exchange(ref _socket, null)?.Dispose();
}
