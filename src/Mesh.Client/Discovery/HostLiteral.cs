using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Mesh.Client.Discovery;

/// <summary>Hosts that need no lookup because they are addresses: <c>10.0.0.9</c>, <c>::1</c>, <c>[::1]</c>.</summary>
internal static class HostLiteral
{
    public static string Unbracket(string host) => host.Length > 2 && host[0] == '[' && host[^1] == ']' ? host[1..^1] : host;

    public static bool TryParse(string host, [NotNullWhen(true)] out string? address)
    {
        var bare = Unbracket(host);

        // IPAddress reads "80" as 0.0.0.80 and "[::1]:80" without its port; neither is an address literal here.
        address = bare.AsSpan().ContainsAny('.', ':') && bare[0] != '[' && IPAddress.TryParse(bare, out var ip) ? ip.ToString() : null;
        return address is not null;
    }
}
