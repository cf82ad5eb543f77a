using System.Diagnostics.CodeAnalysis;
using Mesh.Model;

namespace Mesh.Discovery;

/// <summary>
/// A parsed service name: <c>[scheme(+scheme)*://][_endpointName.]host[:port]</c>, the grammar of Microsoft.Extensions.ServiceDiscovery
/// with one repair: the port is honoured.
/// </summary>
/// <param name="ServiceName">The host, without endpoint name and port.</param>
/// <param name="EndpointName">The name after <c>_</c>, or null.</param>
/// <param name="Schemes">Schemes in order of preference; empty when none was given.</param>
/// <param name="Port">The port, or 0.</param>
public sealed record ServiceQuery(string ServiceName, string? EndpointName, ModelList<string> Schemes, int Port = 0)
{
    /// <summary>The text this query was read from.</summary>
    public string Original { get; init; } = ServiceName;

    /// <summary>Reads a service name.</summary>
    /// <param name="input">For example <c>https+http://_admin.catalog:9000</c> or <c>catalog</c>.</param>
    /// <param name="query">The query, when the text is one.</param>
    public static bool TryParse(string? input, [NotNullWhen(true)] out ServiceQuery? query)
    {
        query = null;
        if (string.IsNullOrWhiteSpace(input))
        {
            return false;
        }

        var rest = input.AsSpan().Trim();
        ModelList<string> schemes = [];
        var separator = rest.IndexOf("://");
        if (separator == 0)
        {
            return false;
        }

        if (separator > 0)
        {
            schemes = rest[..separator].ToString().ToLowerInvariant().Split('+', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToModelList();
            rest = rest[(separator + 3)..];
        }

        var slash = rest.IndexOfAny('/', '?', '#');
        if (slash >= 0)
        {
            rest = rest[..slash];
        }

        var port = 0;
        var colon = rest.LastIndexOf(':');
        var bracket = rest.LastIndexOf(']');
        if (colon > bracket && (bracket >= 0 || rest.IndexOf(':') == colon))
        {
            if (!int.TryParse(rest[(colon + 1)..], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out port) || port > 65535)
            {
                return false;
            }

            rest = rest[..colon];
        }

        string? endpointName = null;
        if (rest.Length > 0 && rest[0] == '_')
        {
            var dot = rest.IndexOf('.');
            if (dot > 1 && dot < rest.Length - 1)
            {
                endpointName = rest[1..dot].ToString();
                rest = rest[(dot + 1)..];
            }
        }

        if (rest.IsEmpty)
        {
            return false;
        }

        query = new ServiceQuery(rest.ToString().ToLowerInvariant(), endpointName, schemes, port) { Original = input };
        return true;
    }
}
