using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Adds services to the registry. Source: Istio networking ServiceEntry.</summary>
public sealed record ServiceEntrySpec
{
    /// <summary>Hosts, each a service of its own; <c>*.</c> prefix allowed.</summary>
    public ModelList<string> Hosts { get; init; } = [];

    /// <summary>Virtual addresses. A request that names one by itself is routed by host, so these are read only.</summary>
    public ModelList<string> Addresses { get; init; } = [];

    /// <summary>Ports.</summary>
    public ModelList<ServiceEntryPortSpec> Ports { get; init; } = [];

    /// <summary>Inside or outside of the mesh. Default: outside.</summary>
    public ServiceEntryLocation? Location { get; init; }

    /// <summary>Where endpoints come from. Default: NONE.</summary>
    public ServiceEntryResolution? Resolution { get; init; }

    /// <summary>Endpoints written here; excludes <see cref="WorkloadSelector"/>.</summary>
    public ModelList<WorkloadEntrySpec> Endpoints { get; init; } = [];

    /// <summary>Chooses WorkloadEntry documents of the same namespace as endpoints.</summary>
    public WorkloadSelectorSpec? WorkloadSelector { get; init; }

    /// <summary>Namespaces that may see the document. Empty: all.</summary>
    public ModelList<string> ExportTo { get; init; } = [];

    /// <summary>Names of which a server must prove one.</summary>
    public ModelList<string> SubjectAltNames { get; init; } = [];
}

/// <summary>A port of a ServiceEntry. Source: Istio ServicePort.</summary>
public sealed record ServiceEntryPortSpec
{
    /// <summary>Port callers use.</summary>
    public required int Number { get; init; }

    /// <summary>HTTP, HTTPS, GRPC, GRPC-WEB, HTTP2, MONGO, TCP or TLS; null: by the name, else HTTP.</summary>
    public string? Protocol { get; init; }

    /// <summary>Name of the port, unique in the document.</summary>
    public required string Name { get; init; }

    /// <summary>Port of the endpoints; null: the number.</summary>
    public int? TargetPort { get; init; }
}

/// <summary>Whether a service is part of the mesh.</summary>
public enum ServiceEntryLocation
{
    /// <summary><c>MESH_EXTERNAL</c>.</summary>
    MeshExternal,

    /// <summary><c>MESH_INTERNAL</c>.</summary>
    MeshInternal,
}

/// <summary>Where the endpoints of a ServiceEntry come from.</summary>
public enum ServiceEntryResolution
{
    /// <summary><c>NONE</c>: the host and port the request names.</summary>
    None,

    /// <summary><c>STATIC</c>: the endpoints as written.</summary>
    Static,

    /// <summary><c>DNS</c>: the hosts or endpoints resolved, every address an endpoint.</summary>
    Dns,

    /// <summary><c>DNS_ROUND_ROBIN</c>: as DNS, but one address at a time.</summary>
    DnsRoundRobin,

    /// <summary><c>DYNAMIC_DNS</c>: the host the request names, resolved on use; for wildcard hosts.</summary>
    DynamicDns,
}
