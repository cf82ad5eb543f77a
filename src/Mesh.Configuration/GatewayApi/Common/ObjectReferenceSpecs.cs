namespace Mesh.Configuration.GatewayApi;

/// <summary>An object of the referring object's namespace. Source: Gateway API LocalObjectReference.</summary>
public sealed record LocalObjectReferenceSpec
{
    /// <summary>API group; empty for Kubernetes' own.</summary>
    public required string Group { get; init; }

    /// <summary>Kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }
}

/// <summary>An object, perhaps of another namespace. Source: Gateway API ObjectReference, ParametersReference.</summary>
public sealed record ObjectReferenceSpec
{
    /// <summary>API group; empty for Kubernetes' own.</summary>
    public required string Group { get; init; }

    /// <summary>Kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Namespace; null: the referring object's.</summary>
    public string? Namespace { get; init; }
}

/// <summary>A Secret, or what serves as one. Source: Gateway API SecretObjectReference.</summary>
public sealed record SecretObjectReferenceSpec
{
    /// <summary>API group. Default empty: Kubernetes' own.</summary>
    public string Group { get; init; } = GatewayApiGroup.Core;

    /// <summary>Kind. Default <c>Secret</c>.</summary>
    public string Kind { get; init; } = "Secret";

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Namespace; null: the referring object's.</summary>
    public string? Namespace { get; init; }
}
