using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Mesh.Model;

namespace Mesh.Client.Transport;

/// <summary>
/// Opens every connection of a handler to one address, whatever the request's URI says; so the logical URI and Host stay untouched and the pool of
/// the handler is the pool of the endpoint. Where the mesh originates TLS it authenticates the stream itself: server name, trust and client certificate
/// are then the cluster's and not derived from the URI.
/// </summary>
internal sealed class PinnedConnector(string address, int port, TcpKeepalive? keepalive, ProxyProtocol? proxy, TlsContext? tls, OpenConnections? connections)
{
    private readonly IPAddress? _ip = IPAddress.TryParse(address, out var ip) ? ip : null;

    /// <exception cref="AuthenticationException">What TLS was to use is not there; nothing was opened.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        if (tls?.Refusal is { } refusal)
        {
            throw new AuthenticationException(refusal);
        }

        var socket = _ip is null ? new Socket(SocketType.Stream, ProtocolType.Tcp) : new Socket(_ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            Keep(socket);
            if (_ip is null)
            {
                await socket.ConnectAsync(new DnsEndPoint(address, PortFor(context)), cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await socket.ConnectAsync(new IPEndPoint(_ip, PortFor(context)), cancellationToken).ConfigureAwait(false);
            }

            if (proxy is { } version)
            {
                var preface = ProxyPreface.Create(version, (IPEndPoint)socket.LocalEndPoint!, (IPEndPoint)socket.RemoteEndPoint!);
                await socket.SendAsync(preface, SocketFlags.None, cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var counted = connections is null ? null : new CountedStream(socket, connections);
        var stream = counted ?? new NetworkStream(socket, ownsSocket: true);
        var ready = tls is null ? stream : await tls.AuthenticateAsync(stream, context, cancellationToken).ConfigureAwait(false);
        counted?.MarkOpen(context.InitialRequestMessage.Version.Major >= 2 ? OpenConnections.Many : OpenConnections.One);
        return ready;
    }

    /// <summary>An endpoint without a port listens where the request points to.</summary>
    private int PortFor(SocketsHttpConnectionContext context) => port != 0 ? port : context.DnsEndPoint.Port;

    private void Keep(Socket socket)
    {
        if (keepalive is null)
        {
            return;
        }

        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        if (keepalive.Time is { } time)
        {
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, (int)Math.Max(1, time.TotalSeconds));
        }

        if (keepalive.Interval is { } interval)
        {
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, (int)Math.Max(1, interval.TotalSeconds));
        }

        if (keepalive.Probes is { } probes)
        {
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, probes);
        }
    }
}
