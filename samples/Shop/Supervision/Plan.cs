using System.Net;
using System.Net.Sockets;

namespace Shop.Supervision;

/// <summary>One process of the shop: what it is and where it listens.</summary>
internal sealed record PlannedInstance(string Service, string Name, string Version, int Port)
{
    public string Address => $"127.0.0.1:{Port}";
}

/// <summary>Which instances the shop has. The storefront comes last: it starts when all that it calls is up.</summary>
internal static class Plan
{
    public static PlannedInstance[] Make(int storefrontPort)
    {
        (string Service, string Name, string Version)[] shop =
        [
            ("product-recommendation", "product-recommendation-v1", "v1"),
            ("product-recommendation", "product-recommendation-v2", "v2"),
            ("product-info", "product-info-1", ""),
            ("product-info", "product-info-2", ""),
            ("product-info", "product-info-3", ""),
            ("orders", "orders-1", ""),
            ("orders", "orders-2", ""),
        ];
        var ports = FreePorts(shop.Length);
        return [.. shop.Select((s, i) => new PlannedInstance(s.Service, s.Name, s.Version, ports[i])), new("storefront", "storefront", "", storefrontPort)];
    }

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
            return FreePorts(1)[0];
        }
    }

    // All are held until the last one is found, so that they differ.
    private static int[] FreePorts(int count)
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
