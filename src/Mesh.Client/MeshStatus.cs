using Mesh.Discovery;

namespace Mesh.Client;

/// <summary>A service of the mesh as it is at one moment.</summary>
public sealed record ServiceStatus
{
    /// <summary>Full name of the service.</summary>
    public required string Name { get; init; }

    /// <summary>Hosts that reach it.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>Endpoints known so far. Discovery starts with the first request, so a service nobody has called has none.</summary>
    public required IReadOnlyList<EndpointStatus> Endpoints { get; init; }
}

/// <summary>An endpoint as it is at one moment.</summary>
public sealed record EndpointStatus
{
    /// <summary>What discovery says of it.</summary>
    public required MeshEndpoint Endpoint { get; init; }

    /// <summary>Address and port; the value of the tag <c>mesh.endpoint</c>.</summary>
    public required string Address { get; init; }

    /// <summary>Requests of this process in flight on it.</summary>
    public int ActiveRequests { get; init; }

    /// <summary>True while outlier detection keeps it out of rotation.</summary>
    public bool IsEjected { get; init; }

    /// <summary>True when an ejection is over and one request is to show whether it is well.</summary>
    public bool IsProbing { get; init; }

    /// <summary>Ejections so far.</summary>
    public int EjectionCount { get; init; }
}
