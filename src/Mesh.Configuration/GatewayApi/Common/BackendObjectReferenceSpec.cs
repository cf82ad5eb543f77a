namespace Mesh.Configuration.GatewayApi;

/// <summary>Something requests are sent to. Source: Gateway API BackendObjectReference.</summary>
public record BackendObjectReferenceSpec
{
    /// <summary>API group. Default empty: Kubernetes' own.</summary>
    public string Group { get; init; } = GatewayApiGroup.Core;

    /// <summary>Kind. Default <c>Service</c>.</summary>
    public string Kind { get; init; } = "Service";

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Namespace; null: the route's.</summary>
    public string? Namespace { get; init; }

    /// <summary>Port of the Service (not of its pods); required for a Service.</summary>
    public int? Port { get; init; }
}
