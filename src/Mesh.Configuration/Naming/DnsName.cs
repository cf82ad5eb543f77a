using System.Globalization;

namespace Mesh.Configuration.Naming;

/// <summary>Syntax of names. Source: RFC 1123 labels as Kubernetes and Istio check them.</summary>
internal static class DnsName
{
    private const int MaxName = 255;
    private const int MaxLabel = 63;

    /// <summary>Letters, digits and dashes, a letter or digit at both ends, at most 63 characters.</summary>
    public static bool IsLabel(ReadOnlySpan<char> label)
    {
        if (label.IsEmpty || label.Length > MaxLabel || !char.IsAsciiLetterOrDigit(label[0]) || !char.IsAsciiLetterOrDigit(label[^1]))
        {
            return false;
        }

        foreach (var c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A host without wildcard; null when it is one, else what is wrong with it.</summary>
    public static string? CheckHost(string host) => Check(host, wildcard: false);

    /// <summary>A host, or a wildcard such as <c>*</c>, <c>*.foo.com</c> or <c>*-foo.com</c>; null when it is one, else what is wrong with it.</summary>
    public static string? CheckWildcardHost(string host) => Check(host, wildcard: true);

    /// <summary>
    /// A server name that Istio makes of a service for gateways between networks, <c>outbound_.PORT_.SUBSET_.HOST</c>; null when it is one,
    /// else what is wrong with it.
    /// </summary>
    public static string? CheckGeneratedServerName(string host)
    {
        var parts = host.Split("_.", 4);
        var isMade = parts.Length == 4 && parts[0] == "outbound" && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535;
        return isMade ? CheckHost(parts[3]) : $"domain name {host} invalid, should follow 'outbound_.<PORT>_._.<HOSTNAME>' format";
    }

    /// <summary>A trust domain: labels and dots; null when it is one, else what is wrong with it.</summary>
    public static string? CheckTrustDomain(string domain)
    {
        if (domain.Length == 0)
        {
            return "a trust domain must not be empty";
        }

        foreach (var label in (domain.EndsWith('.') ? domain[..^1] : domain).Split('.'))
        {
            if (!IsLabel(label))
            {
                return $"trust domain name '{domain}' is invalid; write a name such as cluster.local";
            }
        }

        return null;
    }

    private static string? Check(string host, bool wildcard)
    {
        if (host.Length == 0)
        {
            return "a host must not be empty";
        }

        if (host.Length > MaxName)
        {
            return $"'{host[..24]}…' is longer than {MaxName} characters";
        }

        // A trailing dot marks a fully qualified name, whose last label may then be a number.
        var rest = host.AsSpan();
        var isQualified = rest.Length > 1 && rest[^1] == '.';
        rest = isQualified ? rest[..^1] : rest;
        var isOneLabel = !rest.Contains('.');
        if (wildcard && rest[0] == '*')
        {
            if (rest.Length == 1)
            {
                return null;
            }

            // *.foo.com, *-foo.com and, as Istio takes it, *foo.com.
            rest = rest[(rest[1] is '.' or '-' ? 2 : 1)..];
        }

        while (true)
        {
            var dot = rest.IndexOf('.');
            var label = dot < 0 ? rest : rest[..dot];
            if (!IsLabel(label))
            {
                return label.Contains('*')
                    ? wildcard ? $"'{host}': a wildcard may only stand at the beginning" : $"'{host}': a wildcard is not allowed here"
                    : $"'{host}': '{label}' is not a DNS label; use letters, digits and '-'";
            }

            if (dot < 0)
            {
                // A wildcard's own label may be a number; a domain of numbers only is an address.
                return isQualified || label.ContainsAnyExceptInRange('0', '9') || isOneLabel && wildcard
                    ? null
                    : $"'{host}' is invalid: a top level domain cannot be all-numeric; name a service";
            }

            rest = rest[(dot + 1)..];
        }
    }
}
