using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Mesh.Testing;

/// <summary>One accepted connection, reachable from its requests as a feature.</summary>
internal sealed class LoopbackConnection(ConnectionContext context)
{
    public static LoopbackConnection Of(HttpContext request) =>
        request.Features.Get<LoopbackConnection>() ?? throw new InvalidOperationException("The request came over no connection of a LoopbackServer.");

    /// <summary>Ends the connection as a crashed process does: an RST instead of an orderly close, whatever is still unsent is lost.</summary>
    public void Reset()
    {
        var socket = context.Features.Get<IConnectionSocketFeature>()?.Socket;
        try
        {
            if (socket is not null)
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                socket.Dispose();
            }
        }
        catch (SocketException)
        {
            // The client was faster: there is nothing left to reset.
            context.Abort();
            return;
        }
        catch (ObjectDisposedException)
        {
            // Kestrel was faster.
            return;
        }

        context.Abort();
    }
}
