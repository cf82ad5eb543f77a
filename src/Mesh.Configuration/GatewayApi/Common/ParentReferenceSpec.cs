namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// What a route wants to be attached to: a Gateway, or (<c>group: ""</c>, <c>kind: Service</c>) a Service whose callers it routes.
/// Source: Gateway API ParentReference.
/// </summary>
public sealed record ParentReferenceSpec
{
    /// <summary>API group. Default <c>gateway.networking.k8s.io</c>; a Service needs the empty text, spelled out.</summary>
    public string Group { get; init; } = GatewayApiGroup.Name;

    /// <summary>Kind. Default <c>Gateway</c>.</summary>
    public string Kind { get; init; } = "Gateway";

    /// <summary>Namespace; null: the route's.</summary>
    public string? Namespace { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Name of a listener, or of a port of the Service; null: all that fit.</summary>
    public string? SectionName { get; init; }

    /// <summary>Port of a listener or of the Service; null: all that fit.</summary>
    public int? Port { get; init; }
}
