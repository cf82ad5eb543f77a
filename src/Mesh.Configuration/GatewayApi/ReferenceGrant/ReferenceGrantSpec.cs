using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Allows objects of other namespaces to refer to objects of its own. Source: Gateway API ReferenceGrant.</summary>
public sealed record ReferenceGrantSpec
{
    /// <summary>Who may refer; one entry must hold.</summary>
    public ModelList<ReferenceGrantFromSpec> From { get; init; } = [];

    /// <summary>What may be referred to; one entry must hold.</summary>
    public ModelList<ReferenceGrantToSpec> To { get; init; } = [];
}

/// <summary>Objects that may refer.</summary>
public sealed record ReferenceGrantFromSpec
{
    /// <summary>API group.</summary>
    public required string Group { get; init; }

    /// <summary>Kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Namespace.</summary>
    public required string Namespace { get; init; }
}

/// <summary>Objects that may be referred to.</summary>
public sealed record ReferenceGrantToSpec
{
    /// <summary>API group; empty for Kubernetes' own.</summary>
    public required string Group { get; init; }

    /// <summary>Kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Name; null: all of the kind.</summary>
    public string? Name { get; init; }
}
