using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Rules for gRPC requests to a Gateway or a Service. Source: Gateway API GRPCRoute.</summary>
public sealed record GRPCRouteSpec
{
    /// <summary>What the route is attached to.</summary>
    public ModelList<ParentReferenceSpec> ParentRefs { get; init; } = [];

    /// <summary><c>All</c> also attaches the route to the default gateways (experimental channel).</summary>
    public DefaultScope? UseDefaultGateways { get; init; }

    /// <summary>Hosts the rules are for, at a Gateway; empty: those of the listener. Ignored at a Service.</summary>
    public ModelList<string> Hostnames { get; init; } = [];

    /// <summary>Rules.</summary>
    public ModelList<GRPCRouteRuleSpec> Rules { get; init; } = [];
}

/// <summary>One rule. Source: Gateway API GRPCRouteRule.</summary>
public sealed record GRPCRouteRuleSpec
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Alternatives, of which one must hold; empty: every request matches.</summary>
    public ModelList<GRPCRouteMatchSpec> Matches { get; init; } = [];

    /// <summary>What is done to every request of the rule.</summary>
    public ModelList<GRPCRouteFilterSpec> Filters { get; init; } = [];

    /// <summary>Where requests go, by weight.</summary>
    public ModelList<GRPCBackendRefSpec> BackendRefs { get; init; } = [];

    /// <summary>Sessions (experimental channel).</summary>
    public SessionPersistenceSpec? SessionPersistence { get; init; }
}

/// <summary>Conditions that must all hold. Source: Gateway API GRPCRouteMatch.</summary>
public sealed record GRPCRouteMatchSpec
{
    /// <summary>Test of service and method; null: any.</summary>
    public GRPCMethodMatchSpec? Method { get; init; }

    /// <summary>Tests of metadata; of equal names the first counts.</summary>
    public ModelList<HTTPHeaderMatchSpec> Headers { get; init; } = [];
}

/// <summary>A test of service and method, both case-sensitive. Source: Gateway API GRPCMethodMatch.</summary>
public sealed record GRPCMethodMatchSpec
{
    /// <summary>How to compare. Default <see cref="ValueMatchType.Exact"/>.</summary>
    public ValueMatchType Type { get; init; }

    /// <summary>Full name of the service; null: any.</summary>
    public string? Service { get; init; }

    /// <summary>Method; null: any.</summary>
    public string? Method { get; init; }
}

/// <summary>A destination and its share. Source: Gateway API GRPCBackendRef.</summary>
public sealed record GRPCBackendRefSpec : BackendObjectReferenceSpec
{
    /// <summary>Share relative to the sum of all, 0–1,000,000. Default 1.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>What is done to requests of this destination only.</summary>
    public ModelList<GRPCRouteFilterSpec> Filters { get; init; } = [];
}

/// <summary>Something that is done to a request or its answer. Source: Gateway API GRPCRouteFilter.</summary>
public sealed record GRPCRouteFilterSpec
{
    /// <summary>What is done.</summary>
    public required GRPCRouteFilterType Type { get; init; }

    /// <summary>Edits of the request headers.</summary>
    public HTTPHeaderFilterSpec? RequestHeaderModifier { get; init; }

    /// <summary>Edits of the response headers.</summary>
    public HTTPHeaderFilterSpec? ResponseHeaderModifier { get; init; }

    /// <summary>A copy.</summary>
    public HTTPRequestMirrorFilterSpec? RequestMirror { get; init; }

    /// <summary>A filter of another implementation. None is known: such requests are answered with UNAVAILABLE.</summary>
    public LocalObjectReferenceSpec? ExtensionRef { get; init; }
}

/// <summary>What a filter of a GRPCRoute does.</summary>
public enum GRPCRouteFilterType
{
    /// <summary>Edits response headers.</summary>
    ResponseHeaderModifier,

    /// <summary>Edits request headers.</summary>
    RequestHeaderModifier,

    /// <summary>Sends copies.</summary>
    RequestMirror,

    /// <summary>Calls on another implementation.</summary>
    ExtensionRef,
}
