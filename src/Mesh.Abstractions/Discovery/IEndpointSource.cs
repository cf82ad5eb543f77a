using Mesh.Model;

namespace Mesh.Discovery;

/// <summary>
/// Finds the endpoints of services. Register an implementation with <c>AddEndpointSource</c>; sources are asked in registration order and
/// the first that knows the service feeds it. A source that fails after it has delivered once does no harm: the last list stays in use.
/// </summary>
/// <example>
/// <code>
/// sealed class FileEndpoints : IEndpointSource
/// {
///     public string Name => "file";
///     public async IAsyncEnumerable&lt;EndpointUpdate&gt; WatchAsync(ServiceQuery query, [EnumeratorCancellation] CancellationToken ct)
///     {
///         yield return EndpointUpdate.Of(File.ReadLines(query.ServiceName + ".txt").Select(EndpointUpdate.Parse));
///     }
/// }
/// </code>
/// </example>
public interface IEndpointSource
{
    /// <summary>Name in logs and explanations.</summary>
    string Name { get; }

    /// <summary>
    /// Streams the endpoints of a service: a full list first, then a full list whenever it changes, until cancelled.
    /// Ending without an element, or with <see cref="EndpointUpdate.NotFound"/>, means "not mine": the next source is asked.
    /// </summary>
    /// <param name="query">Which service is wanted.</param>
    /// <param name="cancellationToken">Cancelled when the service leaves the mesh.</param>
    /// <exception cref="Exception">Any failure: the watch is restarted with back-off, the last list stays in use, and a health signal is raised.</exception>
    IAsyncEnumerable<EndpointUpdate> WatchAsync(ServiceQuery query, CancellationToken cancellationToken);
}

/// <summary>The whole list of endpoints of one service at one moment.</summary>
/// <param name="Endpoints">The endpoints; empty means the service exists and has none.</param>
/// <param name="Exists">False: the source does not know the service.</param>
public sealed record EndpointUpdate(ModelList<MeshEndpoint> Endpoints, bool Exists = true)
{
    /// <summary>
    /// Why the list is not, or not all, what the source would give if all were well: a value that cannot be read, a refresh that fails.
    /// Names the place and the remedy; shown in logs and health. Null: nothing is wrong.
    /// </summary>
    public string? Problem { get; init; }

    /// <summary>The source does not know the service.</summary>
    public static EndpointUpdate NotFound { get; } = new([], Exists: false);

    /// <summary>An update of the given endpoints.</summary>
    /// <param name="endpoints">The endpoints, in any order.</param>
    public static EndpointUpdate Of(IEnumerable<MeshEndpoint> endpoints) => new(endpoints.ToModelList());

    /// <summary>Reads <c>host:port</c>, <c>[v6]:port</c>, <c>host</c>, or a URI <c>https://host:port</c> as an endpoint.</summary>
    /// <param name="text">The text of a configuration value.</param>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static MeshEndpoint Parse(string text) =>
        TryParse(text, out var endpoint) ? endpoint : throw new FormatException($"'{text}' is not an endpoint. Write host:port, [ipv6]:port or a URI such as https://host:port.");

    /// <summary>As <see cref="Parse"/>, without the exception.</summary>
    /// <param name="text">The text of a configuration value.</param>
    /// <param name="endpoint">The endpoint, when the text is one.</param>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out MeshEndpoint? endpoint)
    {
        endpoint = null;
        text = text?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        string? scheme = null;
        if (text.Contains("://", StringComparison.Ordinal))
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            {
                return false;
            }

            scheme = uri.Scheme.ToLowerInvariant();
            endpoint = new MeshEndpoint { Address = uri.IdnHost, Port = uri.IsDefaultPort ? (scheme == "https" ? 443 : scheme == "http" ? 80 : 0) : Math.Max(uri.Port, 0), Scheme = scheme };
            return true;
        }

        // IPAddress also takes "[::1]:80", dropping the port, and "80", as 0.0.0.80: only whole, dotted or bare v6 text is an address here.
        if (text[0] != '[' && text.AsSpan().ContainsAny('.', ':') && System.Net.IPAddress.TryParse(text, out var bare))
        {
            endpoint = new MeshEndpoint { Address = bare.ToString() };
            return true;
        }

        var colon = text[^1] == ']' ? -1 : text.LastIndexOf(':');
        var host = colon < 0 ? text : text[..colon];
        var port = 0;
        if (colon >= 0 && (!int.TryParse(text.AsSpan(colon + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out port) || port > 65535))
        {
            return false;
        }

        host = host.Length > 2 && host[0] == '[' && host[^1] == ']' ? host[1..^1] : host;
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            return false;
        }

        endpoint = new MeshEndpoint { Address = host, Port = port };
        return true;
    }
}
