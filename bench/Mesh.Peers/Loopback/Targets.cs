using System.Globalization;

namespace Mesh.Peers.Loopback;

/// <summary>Where a client finds its servers: the upstream's HTTP/1.1 and h2c ports, and the sidecar's port when there is one.</summary>
internal sealed record Targets(int[] Http1, int[] Http2, int Sidecar = 0)
{
    public static Targets Parse(string text)
    {
        var parts = text.Split('/');
        return new Targets(Ports(parts[0]), Ports(parts[1]), int.Parse(parts[2], CultureInfo.InvariantCulture));

        static int[] Ports(string list) => [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static p => int.Parse(p, CultureInfo.InvariantCulture))];
    }

    /// <summary>The form that <see cref="Parse"/> reads: "h1,h1,h1/h2,h2,h2/sidecar".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', Http1)}/{string.Join(',', Http2)}/{Sidecar}");
}
