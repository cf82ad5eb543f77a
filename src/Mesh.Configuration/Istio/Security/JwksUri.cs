namespace Mesh.Configuration.Istio;

/// <summary>Where keys for tokens are fetched. Source: Istio's ParseJwksURI.</summary>
internal static class JwksUri
{
    public static bool HasWebScheme(string uri) =>
        uri.StartsWith("http://", StringComparison.Ordinal) || uri.StartsWith("https://", StringComparison.Ordinal);

    /// <summary>Null when keys can be fetched there, else what is wrong.</summary>
    public static string? Check(string uri)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var parsed))
        {
            return $"'{uri}' is not a URL; write https://host/path";
        }

        return parsed.Scheme is "http" or "https" ? null : $"'{uri}': URI scheme '{parsed.Scheme}' is not supported; use http or https";
    }
}
