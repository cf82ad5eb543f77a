using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>
/// What is spoken on a port. Sources: Istio's protocol selection (appProtocol, then the prefix of the port's name), Kubernetes standard
/// application protocols. A port that says nothing is HTTP here: an in-process mesh only ever sends HTTP requests.
/// </summary>
internal static class ProtocolName
{
    /// <summary>True for a protocol Istio's documents may name.</summary>
    public static bool IsKnown(string protocol) => protocol.ToUpperInvariant()
        is "HTTP" or "HTTP_PROXY" or "HTTP2" or "HTTPS" or "GRPC" or "GRPC-WEB" or "GRPC_WEB" or "TCP" or "TLS" or "MONGO" or "REDIS" or "MYSQL" or "UDP" or "HBONE" or "DOUBLE-HBONE";

    /// <summary>True for a protocol whose requests can be told apart by their host. Source: Istio protocol.Instance.IsHTTP.</summary>
    public static bool IsHttp(string? protocol) => protocol?.ToUpperInvariant() is "HTTP" or "HTTP2" or "HTTP_PROXY" or "GRPC" or "GRPC-WEB" or "GRPC_WEB";

    /// <summary>True for a protocol that begins with a TLS handshake. Source: Istio protocol.Instance.IsTLS.</summary>
    public static bool IsTls(string? protocol) => protocol?.ToUpperInvariant() is "HTTPS" or "TLS";

    /// <summary>True for a protocol that a proxy passes on as bytes. Source: Istio protocol.Instance.IsTCP.</summary>
    public static bool IsTcp(string? protocol) => protocol?.ToUpperInvariant() is "TCP" or "HTTPS" or "TLS" or "MONGO" or "REDIS" or "MYSQL";

    public static PortProtocol FromPort(string? protocol, string? name)
    {
        if (protocol is { Length: > 0 })
        {
            return Parse(protocol);
        }

        var text = name ?? "";
        var dash = text.IndexOf('-');
        return text.StartsWith("grpc-web", StringComparison.OrdinalIgnoreCase) ? PortProtocol.Http : Parse(dash < 0 ? text : text[..dash]);
    }

    private static PortProtocol Parse(string text) => text.ToLowerInvariant() switch
    {
        "http2" or "h2c" or "kubernetes.io/h2c" => PortProtocol.Http2,
        "grpc" => PortProtocol.Grpc,
        "https" or "tls" => PortProtocol.Https,
        "tcp" or "mongo" or "redis" or "mysql" or "udp" => PortProtocol.Tcp,
        _ => PortProtocol.Http,
    };
}
