using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Rules for HTTP requests to a Gateway or a Service. Source: Gateway API HTTPRoute.</summary>
public sealed record HTTPRouteSpec
{
    /// <summary>What the route is attached to.</summary>
    public ModelList<ParentReferenceSpec> ParentRefs { get; init; } = [];

    /// <summary><c>All</c> also attaches the route to the default gateways (experimental channel).</summary>
    public DefaultScope? UseDefaultGateways { get; init; }

    /// <summary>Hosts the rules are for, at a Gateway; empty: those of the listener. Ignored at a Service.</summary>
    public ModelList<string> Hostnames { get; init; } = [];

    /// <summary>Rules. Default: one that matches every request.</summary>
    public ModelList<HTTPRouteRuleSpec> Rules { get; init; } = [];
}

/// <summary>One rule. Source: Gateway API HTTPRouteRule.</summary>
public sealed record HTTPRouteRuleSpec
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Alternatives, of which one must hold. Default: path prefix <c>/</c>.</summary>
    public ModelList<HTTPRouteMatchSpec> Matches { get; init; } = [];

    /// <summary>What is done to every request of the rule.</summary>
    public ModelList<HTTPRouteFilterSpec> Filters { get; init; } = [];

    /// <summary>Where requests go, by weight.</summary>
    public ModelList<HTTPBackendRefSpec> BackendRefs { get; init; } = [];

    /// <summary>Time limits.</summary>
    public HTTPRouteTimeoutsSpec? Timeouts { get; init; }

    /// <summary>Retries (experimental channel).</summary>
    public HTTPRouteRetrySpec? Retry { get; init; }

    /// <summary>Sessions (experimental channel).</summary>
    public SessionPersistenceSpec? SessionPersistence { get; init; }
}

/// <summary>A destination and its share. Source: Gateway API HTTPBackendRef.</summary>
public sealed record HTTPBackendRefSpec : BackendObjectReferenceSpec
{
    /// <summary>Share relative to the sum of all, 0–1,000,000. Default 1.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>What is done to requests of this destination only.</summary>
    public ModelList<HTTPRouteFilterSpec> Filters { get; init; } = [];
}

/// <summary>Time limits of a rule. Source: Gateway API HTTPRouteTimeouts. Zero switches a limit off.</summary>
public sealed record HTTPRouteTimeoutsSpec
{
    /// <summary>For the whole exchange, retries included.</summary>
    public TimeSpan? Request { get; init; }

    /// <summary>For one try.</summary>
    public TimeSpan? BackendRequest { get; init; }
}

/// <summary>Retries of a rule. Source: Gateway API HTTPRouteRetry (GEP-1731).</summary>
public sealed record HTTPRouteRetrySpec
{
    /// <summary>Statuses that are repeated; connection errors, resets and time-outs of a try always are.</summary>
    public ModelList<int> Codes { get; init; } = [];

    /// <summary>Tries after the first; null: 2.</summary>
    public int? Attempts { get; init; }

    /// <summary>Least pause before a retry; null: as for every other retry of the mesh.</summary>
    public TimeSpan? Backoff { get; init; }
}
