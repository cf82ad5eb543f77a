using System.Buffers;

namespace Mesh.Configuration.Naming;

/// <summary>
/// The syntax of URLs as far as Istio's checks look at it, which is Go's: net/url takes names without a scheme, opaque addresses
/// (<c>mailto:x</c>) and bytes that other readers escape. Source: Go net/url, functions Parse and ParseRequestURI.
/// </summary>
internal static class UrlText
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static readonly SearchValues<char> s_scheme = SearchValues.Create(Letters + "+-.");
    private static readonly SearchValues<char> s_host = SearchValues.Create(Letters + "-_.~!$&'()*+,;=:[]<>\"");
    private static readonly SearchValues<char> s_user = SearchValues.Create(Letters + "-._:~!$&'()*+,;=%@");

    /// <summary>A reference, which may be a URL or a part of one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="scheme">Its scheme in lower case; empty when it has none.</param>
    public static bool TryParse(string text, out string scheme)
    {
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        return hash < 0 ? TryParse(text, isRequest: false, out scheme) : TryParse(text[..hash], isRequest: false, out scheme) & IsEscaped(text.AsSpan(hash + 1));
    }

    /// <summary>What may stand in a request: an absolute URL, or a path from the root.</summary>
    /// <param name="text">The text.</param>
    /// <param name="scheme">Its scheme in lower case; empty when it has none.</param>
    public static bool TryParseRequest(string text, out string scheme)
    {
        scheme = "";
        return text.Length > 0 && TryParse(text, isRequest: true, out scheme);
    }

    private static bool TryParse(string text, bool isRequest, out string scheme)
    {
        scheme = "";
        if (text.Any(static c => c is < ' ' or '\x7f') || !TryScheme(text, out var end))
        {
            return false;
        }

        scheme = text[..Math.Max(end - 1, 0)].ToLowerInvariant();
        var rest = text.AsSpan(end);
        var query = rest.IndexOf('?');
        rest = query < 0 ? rest : rest[..query];
        if (text == "*")
        {
            return true;
        }

        if (!rest.StartsWith('/'))
        {
            var segment = rest.IndexOf('/') is >= 0 and var slash ? rest[..slash] : rest;
            return scheme.Length > 0 || (!isRequest && !segment.Contains(':') && IsEscaped(rest));
        }

        // Without a scheme two slashes begin an authority in a reference, and a path in a request.
        if (rest.StartsWith("//") && (scheme.Length > 0 || (!isRequest && !rest.StartsWith("///"))))
        {
            var path = rest[2..].IndexOf('/');
            var authority = path < 0 ? rest[2..] : rest.Slice(2, path);
            rest = path < 0 ? [] : rest[(path + 2)..];
            if (!IsAuthority(authority))
            {
                return false;
            }
        }

        return IsEscaped(rest);
    }

    // The end of "scheme:", 0 when the text has none; false when it begins with the colon.
    private static bool TryScheme(ReadOnlySpan<char> text, out int end)
    {
        var stop = text.IndexOfAnyExcept(s_scheme);
        var hasScheme = stop > 0 && text[stop] == ':' && char.IsAsciiLetter(text[0]);
        end = hasScheme ? stop + 1 : 0;
        return stop != 0 || text[0] != ':';
    }

    private static bool IsAuthority(ReadOnlySpan<char> authority)
    {
        var at = authority.LastIndexOf('@');
        if (at >= 0 && (authority[..at].ContainsAnyExcept(s_user) || !IsEscaped(authority[..at])))
        {
            return false;
        }

        var host = authority[(at + 1)..];
        if (host.StartsWith('['))
        {
            var close = host.LastIndexOf(']');
            return close > 0 && IsPort(host[(close + 1)..]) && IpText.IsAddress(host[1..close].ToString());
        }

        var colon = host.LastIndexOf(':');
        return (colon < 0 || IsPort(host[colon..])) && IsHost(host);
    }

    private static bool IsPort(ReadOnlySpan<char> port) => port.IsEmpty || (port[0] == ':' && !port[1..].ContainsAnyExceptInRange('0', '9'));

    // Bytes beyond ASCII stand for themselves, and only they may be escaped.
    private static bool IsHost(ReadOnlySpan<char> host)
    {
        for (var i = 0; i < host.Length; i++)
        {
            if (host[i] == '%')
            {
                if (!IsEscape(host[i..]) || host[i + 1] < '8')
                {
                    return false;
                }

                i += 2;
            }
            else if (host[i] < 0x80 && !s_host.Contains(host[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsEscaped(ReadOnlySpan<char> text)
    {
        for (var i = text.IndexOf('%'); i >= 0; i = text.IndexOf('%'))
        {
            if (!IsEscape(text[i..]))
            {
                return false;
            }

            text = text[(i + 3)..];
        }

        return true;
    }

    private static bool IsEscape(ReadOnlySpan<char> text) => text.Length > 2 && char.IsAsciiHexDigit(text[1]) && char.IsAsciiHexDigit(text[2]);
}
