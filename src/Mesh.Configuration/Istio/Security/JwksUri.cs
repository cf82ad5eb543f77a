using Mesh.Configuration.Naming;

namespace Mesh.Configuration.Istio;

/// <summary>Where keys for tokens are fetched. Source: Istio's ParseJwksURI.</summary>
internal static class JwksUri
{
    public static bool HasWebScheme(string uri) =>
        uri.StartsWith("http://", StringComparison.Ordinal) || uri.StartsWith("https://", StringComparison.Ordinal);

    /// <summary>Null when keys can be fetched there, else what is wrong.</summary>
    public static string? Check(string uri)
    {
        if (!UrlText.TryParse(uri, out var scheme))
        {
            return $"'{uri}' is not a URL; write https://host/path";
        }

        return scheme is "http" or "https" ? null : $"'{uri}': URI scheme '{scheme}' is not supported; use http or https";
    }
}
