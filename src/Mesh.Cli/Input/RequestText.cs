using System.Net;
using Mesh.Configuration.Explain;
using Mesh.Model;

namespace Mesh.Cli.Input;

/// <summary>Requests and names as people write them on a command line.</summary>
internal static class RequestText
{
    /// <summary>Reads <c>GET http://reviews:9080/reviews/0</c>; the method may be left out.</summary>
    /// <exception cref="UsageException">It is not of that form.</exception>
    public static (string Method, Uri Url) Request(string text, string defaultAuthority)
    {
        var parts = text.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var (method, address) = parts.Length switch
        {
            2 => (parts[0], parts[1]),
            1 => ("GET", parts[0]),
            _ => throw new UsageException("the request is empty; write for example --request 'GET http://reviews:9080/reviews/0'"),
        };
        return ExplainRequest.TryParseUrl(address, defaultAuthority, out var url, out var error) ? (method, url) : throw new UsageException(error);
    }

    /// <summary>Reads <c>end-user: jason</c>.</summary>
    /// <exception cref="UsageException">It is not of that form.</exception>
    public static KeyValuePair<string, string> Header(string text)
    {
        // The names of pseudo-headers begin with a colon.
        var colon = text.Length > 1 ? text.IndexOf(':', 1) : -1;
        return colon > 0
            ? KeyValuePair.Create(text[..colon].Trim(), text[(colon + 1)..].Trim())
            : throw new UsageException($"'{text}' is not a header; write for example -H 'end-user: jason'");
    }

    /// <summary>Reads <c>app=reviews,version=v1</c>.</summary>
    /// <exception cref="UsageException">It is not of that form.</exception>
    public static ModelMap<string> Labels(string? text)
    {
        var labels = new List<KeyValuePair<string, string>>();
        foreach (var item in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = item.IndexOf('=', StringComparison.Ordinal);
            labels.Add(equals > 0
                ? KeyValuePair.Create(item[..equals], item[(equals + 1)..])
                : throw new UsageException($"'{item}' is not a label; write for example --labels app=reviews,version=v1"));
        }

        return labels.ToModelMap();
    }

    /// <summary>Reads an IPv4 or IPv6 address.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static IPAddress Address(string text) =>
        IPAddress.TryParse(text, out var address) ? address : throw new UsageException($"'{text}' is not an IP address; write for example --client-ip 10.0.0.1");

    /// <summary>Reads <c>namespace/name</c>; a name alone belongs to the given namespace.</summary>
    public static (string Namespace, string Name) Gateway(string text, string defaultNamespace)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (defaultNamespace, text) : (text[..slash], text[(slash + 1)..]);
    }
}
