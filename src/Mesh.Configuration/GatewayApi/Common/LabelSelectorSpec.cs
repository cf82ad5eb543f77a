using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Chooses objects by their labels; both parts must hold. Source: Kubernetes meta/v1 LabelSelector.</summary>
public sealed record LabelSelectorSpec
{
    /// <summary>Labels that must be there with these values.</summary>
    public ModelMap<string> MatchLabels { get; init; } = ModelMap<string>.Empty;

    /// <summary>Further conditions.</summary>
    public ModelList<LabelSelectorRequirementSpec> MatchExpressions { get; init; } = [];
}

/// <summary>A condition on one label. Source: Kubernetes meta/v1 LabelSelectorRequirement.</summary>
public sealed record LabelSelectorRequirementSpec
{
    /// <summary>Name of the label.</summary>
    public required string Key { get; init; }

    /// <summary><c>In</c>, <c>NotIn</c>, <c>Exists</c> or <c>DoesNotExist</c>.</summary>
    public required string Operator { get; init; }

    /// <summary>Values for <c>In</c> and <c>NotIn</c>.</summary>
    public ModelList<string> Values { get; init; } = [];
}
