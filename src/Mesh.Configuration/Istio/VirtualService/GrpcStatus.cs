namespace Mesh.Configuration.Istio;

/// <summary>Names of gRPC status codes, as faults write them. Source: gRPC status codes, Istio validation.</summary>
internal static class GrpcStatus
{
    private static readonly string[] s_names =
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED",
        "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ];

    public static bool IsName(string name) => Array.IndexOf(s_names, name) >= 0;
}
