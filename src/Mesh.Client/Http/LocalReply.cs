using System.Net;
using Mesh.Diagnostics;

namespace Mesh.Client.Http;

/// <summary>
/// Answers the mesh makes itself, as a sidecar would: 503 for no healthy endpoint, 504 for a time-out, and so on, with Envoy's letters in
/// <c>x-mesh-response-flags</c>. To a gRPC caller the answer is a trailers-only gRPC response; the HTTP version is the request's own, since gRPC clients
/// take a lower one for a broken server. Source: ENVOY §11–§13 (texts), §24 (HTTP to gRPC status).
/// </summary>
internal static class LocalReply
{
    public const string FlagsHeader = "x-mesh-response-flags";

    public static HttpResponseMessage Create(HttpRequestMessage request, int status, ResponseFlags flags, string body, bool isGrpc)
    {
        if (isGrpc)
        {
            return Grpc(request, GrpcStatusOf(status), flags, body);
        }

        var response = new HttpResponseMessage((HttpStatusCode)status) { RequestMessage = request, Version = request.Version, Content = new StringContent(body) };
        AddFlags(response, flags);
        return response;
    }

    /// <summary>A trailers-only gRPC answer.</summary>
    public static HttpResponseMessage Grpc(HttpRequestMessage request, int grpcStatus, ResponseFlags flags, string message)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK)
        {
            RequestMessage = request,
            Version = request.Version.Major < 2 ? HttpVersion.Version20 : request.Version,
            Content = new ByteArrayContent([]),
        };
        response.Content.Headers.TryAddWithoutValidation("Content-Type", "application/grpc");
        response.Headers.TryAddWithoutValidation("grpc-status", grpcStatus.ToString(System.Globalization.CultureInfo.InvariantCulture));
        response.Headers.TryAddWithoutValidation("grpc-message", Uri.EscapeDataString(message));
        AddFlags(response, flags);
        return response;
    }

    public static int GrpcStatusOf(int httpStatus) => httpStatus switch
    {
        400 => 13,
        401 => 16,
        403 => 7,
        404 => 12,
        429 or 502 or 503 or 504 => 14,
        _ => 2,
    };

    /// <summary>The HTTP status a gRPC status counts as for outlier detection (ENVOY §24).</summary>
    public static int HttpStatusOf(int grpcStatus) => grpcStatus switch
    {
        0 => 200,
        1 => 499,
        3 or 9 or 11 => 400,
        4 => 504,
        5 => 404,
        6 or 10 => 409,
        7 => 403,
        8 => 429,
        12 => 501,
        14 => 503,
        16 => 401,
        _ => 500,
    };

    /// <summary>Upper-case name of a gRPC status; <c>UNKNOWN</c> for a number that is none.</summary>
    public static string GrpcStatusName(int status) => (uint)status < (uint)s_grpcNames.Length ? s_grpcNames[status] : "UNKNOWN";

    /// <summary>Number of a gRPC status by its upper-case name; 2 (UNKNOWN) for anything else.</summary>
    public static int GrpcStatusByName(string name) => Array.IndexOf(s_grpcNames, name) is >= 0 and var index ? index : 2;

    private static readonly string[] s_grpcNames =
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED",
        "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ];

    private static void AddFlags(HttpResponseMessage response, ResponseFlags flags)
    {
        if (flags != ResponseFlags.None)
        {
            response.Headers.TryAddWithoutValidation(FlagsHeader, flags.ToEnvoyString());
        }
    }
}
