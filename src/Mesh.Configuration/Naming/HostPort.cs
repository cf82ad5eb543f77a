using System.Globalization;

namespace Mesh.Configuration.Naming;

/// <summary>An address with a port, <c>host:port</c> or <c>[ipv6]:port</c>. Source: Istio's ValidateProxyAddress, Go's net.SplitHostPort.</summary>
internal static class HostPort
{
    /// <summary>Null for an address, else what is wrong with it.</summary>
    public static string? Check(string address)
    {
        var colon = address.LastIndexOf(':');
        if (colon < 0 || address.EndsWith(']'))
        {
            return $"'{address}' has no port; write host:port";
        }

        var (host, port) = (address[..colon], address[(colon + 1)..]);
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535)
        {
            return $"'{address}': '{port}' is not a port; ports lie between 1 and 65535";
        }

        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            return IpText.CheckAddress(host[1..^1]);
        }

        return !host.Contains(':') && (IpText.IsAddress(host) || DnsName.CheckHost(host) is null)
            ? null
            : $"'{address}': '{host}' is not a valid hostname or an IP address; put IPv6 in brackets";
    }
}
