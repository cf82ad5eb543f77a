using System.Net;
using System.Net.Sockets;

namespace Samples.Supervision;

/// <summary>Ports that nobody listens on.</summary>
internal static class FreePorts
{
    /// <summary>The wanted port, or a free one when it is taken.</summary>
    public static int PortOrFree(int wanted)
    {
        try
        {
            using var listener = Listen(wanted);
            return PortOf(listener);
        }
        catch (SocketException)
        {
            return Take(1)[0];
        }
    }

    /// <summary>Different ports. All are held until the last one is found, so that they differ.</summary>
    public static int[] Take(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => Listen(0)).ToArray();
        var ports = Array.ConvertAll(listeners, PortOf);
        Array.ForEach(listeners, static l => l.Dispose());
        return ports;
    }

    private static TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
