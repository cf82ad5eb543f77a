namespace Mesh.Configuration.Istio;

/// <summary>A destination with its share. Source: Istio HTTPRouteDestination.</summary>
public sealed record HTTPRouteDestinationSpec
{
    /// <summary>Where to.</summary>
    public required DestinationSpec Destination { get; init; }

    /// <summary>Share relative to the sum of all; null counts as 0; a sole destination gets everything.</summary>
    public int? Weight { get; init; }

    /// <summary>Header edits for this destination, after the rule's.</summary>
    public HeadersSpec? Headers { get; init; }
}

/// <summary>Names the VirtualService that takes over. Source: Istio Delegate.</summary>
public sealed record DelegateSpec
{
    /// <summary>Name of the VirtualService.</summary>
    public required string Name { get; init; }

    /// <summary>Its namespace; null: that of the document that delegates.</summary>
    public string? Namespace { get; init; }
}

/// <summary>Where copies of requests go. Source: Istio HTTPMirrorPolicy.</summary>
public sealed record HTTPMirrorPolicySpec
{
    /// <summary>Where to.</summary>
    public required DestinationSpec Destination { get; init; }

    /// <summary>Share of requests copied, 0–100. Null: all of them.</summary>
    public double? Percentage { get; init; }
}
