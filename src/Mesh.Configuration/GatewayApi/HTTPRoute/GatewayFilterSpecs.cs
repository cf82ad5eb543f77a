using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Cross-origin rules. Source: Gateway API HTTPCORSFilter (GEP-1767).</summary>
public sealed record HTTPCORSFilterSpec
{
    /// <summary>Origins that are allowed; <c>*</c> stands for all, and at the beginning of a host for any labels.</summary>
    public ModelList<string> AllowOrigins { get; init; } = [];

    /// <summary>True allows credentials; null and false say nothing of them.</summary>
    public bool? AllowCredentials { get; init; }

    /// <summary>Methods besides GET, HEAD and POST; <c>*</c> stands for all.</summary>
    public ModelList<string> AllowMethods { get; init; } = [];

    /// <summary>Request headers; <c>*</c> stands for all.</summary>
    public ModelList<string> AllowHeaders { get; init; } = [];

    /// <summary>Response headers a page may read; <c>*</c> stands for all.</summary>
    public ModelList<string> ExposeHeaders { get; init; } = [];

    /// <summary>Seconds a browser may keep the answer of a preflight. Default 5.</summary>
    public int MaxAge { get; init; } = 5;
}

/// <summary>A question to an authorization server. Source: Gateway API HTTPExternalAuthFilter (GEP-1494, experimental channel).</summary>
public sealed record HTTPExternalAuthFilterSpec
{
    /// <summary>Protocol of the question.</summary>
    public required ExternalAuthProtocol Protocol { get; init; }

    /// <summary>Who is asked.</summary>
    public required BackendObjectReferenceSpec BackendRef { get; init; }

    /// <summary>Settings of the gRPC form.</summary>
    public GRPCAuthSpec? Grpc { get; init; }

    /// <summary>Settings of the HTTP form.</summary>
    public HTTPAuthSpec? Http { get; init; }

    /// <summary>How much of the body goes with the question; null: none.</summary>
    public ForwardBodySpec? ForwardBody { get; init; }
}

/// <summary>Protocols of authorization servers.</summary>
public enum ExternalAuthProtocol
{
    /// <summary>A plain request.</summary>
    HTTP,

    /// <summary>Envoy's external authorization service.</summary>
    GRPC,
}

/// <summary>Settings of the gRPC form.</summary>
/// <param name="AllowedHeaders">Headers that go with the question; empty: all.</param>
public sealed record GRPCAuthSpec(ModelList<string> AllowedHeaders);

/// <summary>Settings of the HTTP form.</summary>
public sealed record HTTPAuthSpec
{
    /// <summary>Path put before that of the request.</summary>
    public string? Path { get; init; }

    /// <summary>Headers that go with the question.</summary>
    public ModelList<string> AllowedHeaders { get; init; } = [];

    /// <summary>Headers of the answer that go to the backend; empty: all.</summary>
    public ModelList<string> AllowedResponseHeaders { get; init; } = [];
}

/// <summary>How much of the body goes with the question.</summary>
/// <param name="MaxSize">Bytes; 0: none.</param>
public sealed record ForwardBodySpec(int MaxSize);
