using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>How a service is spoken to once a route has chosen it. Source: Istio networking DestinationRule.</summary>
public sealed record DestinationRuleSpec
{
    /// <summary>Host of the service; <c>*.</c> prefix allowed; a name without a dot is expanded with the document's namespace.</summary>
    public required string Host { get; init; }

    /// <summary>Policy for all endpoints and ports.</summary>
    public TrafficPolicySpec? TrafficPolicy { get; init; }

    /// <summary>Named parts of the endpoints.</summary>
    public ModelList<SubsetSpec> Subsets { get; init; } = [];

    /// <summary>Namespaces that may see the document: <c>.</c>, <c>*</c> or names. Empty: all.</summary>
    public ModelList<string> ExportTo { get; init; } = [];

    /// <summary>Only these callers, of the document's own namespace; null: all.</summary>
    public WorkloadSelectorSpec? WorkloadSelector { get; init; }
}

/// <summary>A named part of the endpoints. Source: Istio Subset.</summary>
public sealed record SubsetSpec
{
    /// <summary>Name, as routes use it.</summary>
    public required string Name { get; init; }

    /// <summary>Labels an endpoint must carry, all of them; empty: every endpoint.</summary>
    public ModelMap<string> Labels { get; init; } = ModelMap<string>.Empty;

    /// <summary>Overrides the policy of the host block by block.</summary>
    public TrafficPolicySpec? TrafficPolicy { get; init; }
}
