namespace Mesh.Diagnostics;

/// <summary>
/// Names of the tags on measurements and spans. OpenTelemetry's HTTP semantic names where they exist
/// (<see href="https://opentelemetry.io/docs/specs/semconv/http/"/>), <c>mesh.*</c> for what only a mesh knows.
/// </summary>
public static class MeshAttributes
{
    /// <summary>Method of the request; unknown methods read <c>_OTHER</c>.</summary>
    public const string HttpRequestMethod = "http.request.method";

    /// <summary>Status of the response.</summary>
    public const string HttpResponseStatusCode = "http.response.status_code";

    /// <summary>Times the request was sent again; on spans.</summary>
    public const string HttpRequestResendCount = "http.request.resend_count";

    /// <summary>Class of the error: a status of 400 or more, or the type of the exception.</summary>
    public const string ErrorType = "error.type";

    /// <summary>Host the caller named (the logical one).</summary>
    public const string ServerAddress = "server.address";

    /// <summary>Port the caller named.</summary>
    public const string ServerPort = "server.port";

    /// <summary>Scheme the caller named.</summary>
    public const string UrlScheme = "url.scheme";

    /// <summary>The whole URL; on spans.</summary>
    public const string UrlFull = "url.full";

    /// <summary>HTTP version of the response: <c>1.1</c> or <c>2</c>.</summary>
    public const string NetworkProtocolVersion = "network.protocol.version";

    /// <summary>Name of the rule that decided.</summary>
    public const string Route = "mesh.route";

    /// <summary>Full name of the destination service.</summary>
    public const string DestinationService = "mesh.destination.service";

    /// <summary>Subset, absent when the whole service was meant.</summary>
    public const string DestinationSubset = "mesh.destination.subset";

    /// <summary>Address and port of the endpoint that answered, or was tried last.</summary>
    public const string Endpoint = "mesh.endpoint";

    /// <summary>Envoy's letters for how the request ended; <c>-</c> for nothing special.</summary>
    public const string ResponseFlags = "mesh.response_flags";

    /// <summary>1 for the first try.</summary>
    public const string Attempt = "mesh.attempt";
}
