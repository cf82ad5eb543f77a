using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Mesh.Configuration.Naming;

/// <summary>
/// IP addresses and networks as Go's netip reads them, which Istio uses: four decimal parts without leading zeros, or IPv6; host bits
/// behind a prefix are allowed.
/// </summary>
internal static class IpText
{
    public static bool IsAddress(string text) => TryAddress(text, out _);

    /// <summary>Null for an address, else what is wrong.</summary>
    public static string? CheckAddress(string text) => IsAddress(text) ? null : $"{text} is not a valid IP; write an address such as 10.0.0.1 or 2001:db8::1";

    /// <summary>Null for an address or a network, else what is wrong.</summary>
    public static string? CheckSubnet(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return CheckAddress(text);
        }

        return TryAddress(text[..slash], out var family) && IsPrefix(text.AsSpan(slash + 1), family == AddressFamily.InterNetwork ? 32 : 128)
            ? null
            : $"{text} is not a valid CIDR block; write a network such as 10.0.0.0/8";
    }

    private static bool IsPrefix(ReadOnlySpan<char> text, int longest) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= longest && (text.Length == 1 || text[0] != '0');

    private static bool TryAddress(string text, out AddressFamily family)
    {
        family = default;
        if (text.Length == 0 || text[0] == '[' || !IPAddress.TryParse(text, out var address))
        {
            return false;
        }

        // .NET takes 1, 1.2 and 0x7f.1 for IPv4 as well.
        family = address.AddressFamily;
        return family != AddressFamily.InterNetwork || string.Equals(address.ToString(), text, StringComparison.Ordinal);
    }
}
