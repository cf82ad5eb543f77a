using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>One rule: conditions, and where a request goes that meets them. Source: Istio HTTPRoute.</summary>
public sealed record HTTPRouteSpec
{
    /// <summary>Name for telemetry; joined with the name of the match by a dot.</summary>
    public string? Name { get; init; }

    /// <summary>Alternatives; empty: every request.</summary>
    public ModelList<HTTPMatchRequestSpec> Match { get; init; } = [];

    /// <summary>Weighted destinations.</summary>
    public ModelList<HTTPRouteDestinationSpec> Route { get; init; } = [];

    /// <summary>Answers with a redirect instead of forwarding.</summary>
    public HTTPRedirectSpec? Redirect { get; init; }

    /// <summary>Answers with a fixed status and body instead of forwarding.</summary>
    public HTTPDirectResponseSpec? DirectResponse { get; init; }

    /// <summary>Hands the request over to the rules of another VirtualService.</summary>
    public DelegateSpec? Delegate { get; init; }

    /// <summary>Changes path or authority before forwarding.</summary>
    public HTTPRewriteSpec? Rewrite { get; init; }

    /// <summary>Time for the whole request with all retries; null or zero: none.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Retry policy; null: the mesh's default; empty: no retries.</summary>
    public HTTPRetrySpec? Retries { get; init; }

    /// <summary>Injected delays and errors.</summary>
    public HTTPFaultInjectionSpec? Fault { get; init; }

    /// <summary>Where copies of requests go; see <see cref="MirrorPercentage"/>.</summary>
    public DestinationSpec? Mirror { get; init; }

    /// <summary>Several places for copies, each with its share.</summary>
    public ModelList<HTTPMirrorPolicySpec> Mirrors { get; init; } = [];

    /// <summary>Old form of <see cref="MirrorPercentage"/> in whole percent.</summary>
    public int? MirrorPercent { get; init; }

    /// <summary>Share of requests copied to <see cref="Mirror"/>, 0–100. Null: all of them.</summary>
    public double? MirrorPercentage { get; init; }

    /// <summary>Cross-origin rules. They act where requests arrive.</summary>
    public CorsPolicySpec? CorsPolicy { get; init; }

    /// <summary>Header edits common to all destinations.</summary>
    public HeadersSpec? Headers { get; init; }
}
