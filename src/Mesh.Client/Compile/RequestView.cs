// hot path
using System.Buffers;

namespace Mesh.Client.Compile;

/// <summary>
/// What rules may look at, read from the request without copying: method, path and query as spans over the URI's own text, headers unvalidated.
/// </summary>
internal readonly ref struct RequestView
{
    /// <summary>Characters after which the text of a URI may differ from its canonical path: escapes, dots after slashes, spaces, non-ASCII, back-slashes.</summary>
    private static readonly SearchValues<char> s_plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~!$&'()*+,;=:@/.");

    /// <summary>The same for a query; a fragment or an escape sends it the slow way.</summary>
    private static readonly SearchValues<char> s_plainQuery =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~!$&'()*+,;=:@/.?");

    private readonly HttpRequestMessage _request;
    private readonly Uri _uri;

    public RequestView(HttpRequestMessage request)
    {
        _request = request;
        _uri = request.RequestUri!;
        Split(_uri, out var path, out var query);
        Path = path;
        Query = query;
    }

    public string Method => _request.Method.Method;

    /// <summary>The path without query, never empty.</summary>
    public ReadOnlySpan<char> Path { get; }

    /// <summary>The query without its question mark.</summary>
    public ReadOnlySpan<char> Query { get; }

    public string Scheme => _uri.Scheme;

    /// <summary>Host and port as the request names them; an explicit Host header wins, as it does on the wire.</summary>
    public string Authority => _request.Headers.Host ?? _uri.Authority;

    /// <summary>The value of a header, several values joined by a comma; null when absent. Pseudo-headers read their part of the request (Envoy).</summary>
    public string? Header(string name)
    {
        if (name.Length > 0 && name[0] == ':')
        {
            return name switch
            {
                ":method" => Method,
                ":authority" => Authority,
                ":path" => _uri.PathAndQuery,
                ":scheme" => Scheme,
                _ => null,
            };
        }

        if (_request.Headers.NonValidated.TryGetValues(name, out var values))
        {
            return HeaderText.Of(name, values);
        }

        if (_request.Content is { } content && content.Headers.NonValidated.TryGetValues(name, out values))
        {
            return HeaderText.Of(name, values);
        }

        return string.Equals(name, "host", StringComparison.OrdinalIgnoreCase) ? Authority : null;
    }

    /// <summary>The first value of a query parameter, percent-decoded as far as Envoy compares it (not at all); false when absent.</summary>
    public bool TryGetQuery(string name, out ReadOnlySpan<char> value)
    {
        foreach (var range in Query.Split('&'))
        {
            var pair = Query[range];
            var equals = pair.IndexOf('=');
            var key = equals < 0 ? pair : pair[..equals];
            if (key.SequenceEqual(name))
            {
                value = equals < 0 ? default : pair[(equals + 1)..];
                return true;
            }
        }

        value = default;
        return false;
    }

    private static void Split(Uri uri, out ReadOnlySpan<char> path, out ReadOnlySpan<char> query)
    {
        // The text the URI was made from is free; its canonical parts allocate. They are the same unless the path has anything to normalise.
        var text = uri.OriginalString.AsSpan();
        var start = text.IndexOf("://");
        if (start > 0)
        {
            var rest = text[(start + 3)..];
            var slash = rest.IndexOfAny('/', '?', '#');
            if (slash < 0)
            {
                path = "/";
                query = default;
                return;
            }

            if (rest[slash] == '/')
            {
                rest = rest[slash..];
                var end = rest.IndexOfAny('?', '#');
                var candidate = end < 0 ? rest : rest[..end];
                var tail = end >= 0 && rest[end] == '?' ? rest[(end + 1)..] : default;
                if (!candidate.ContainsAnyExcept(s_plain) && candidate.IndexOf("/.") < 0 && !tail.ContainsAnyExcept(s_plainQuery))
                {
                    path = candidate;
                    query = tail;
                    return;
                }
            }
        }

        path = uri.AbsolutePath;
        query = uri.Query.AsSpan() is ['?', .. var canonical] ? canonical : default;
    }
}
