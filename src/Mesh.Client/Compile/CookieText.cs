using System.Globalization;
using System.Text;
using Mesh.Model;

namespace Mesh.Client.Compile;

/// <summary>Reads a cookie of a request and writes one for a response, in Envoy's form. Source: Envoy Http::Utility parseCookieValue, makeSetCookieValue.</summary>
internal static class CookieText
{
    /// <summary>The value of the first cookie of a name, without the quotes it may have; null when there is none.</summary>
    public static string? Find(HttpRequestMessage request, string name)
    {
        if (!request.Headers.NonValidated.TryGetValues("Cookie", out var values))
        {
            return null;
        }

        foreach (var line in values)
        {
            foreach (var range in line.AsSpan().Split(';'))
            {
                var pair = line.AsSpan()[range].Trim();
                var equals = pair.IndexOf('=');
                if (equals > 0 && pair[..equals].SequenceEqual(name))
                {
                    var value = pair[(equals + 1)..];
                    return (value is ['"', .. var inner, '"'] ? inner : value).ToString();
                }
            }
        }

        return null;
    }

    public static string SetCookie(string name, string value, TimeSpan ttl, string? path, ModelList<CookieAttribute> attributes)
    {
        var text = new StringBuilder(name).Append("=\"").Append(value).Append('"');
        if (ttl >= TimeSpan.FromSeconds(1))
        {
            text.Append("; Max-Age=").Append(((long)ttl.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }

        if (path is { Length: > 0 })
        {
            text.Append("; Path=").Append(path);
        }

        foreach (var attribute in attributes)
        {
            text.Append("; ").Append(attribute.Name);
            if (attribute.Value is { Length: > 0 })
            {
                text.Append('=').Append(attribute.Value);
            }
        }

        return text.Append("; HttpOnly").ToString();
    }
}
