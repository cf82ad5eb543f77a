using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// A route below HTTP: TLSRoute, TCPRoute or UDPRoute. A mesh in process sees requests, not connections, and never loads one; it has a
/// status like the others. Source: Gateway API TLSRoute, TCPRoute, UDPRoute.
/// </summary>
internal sealed record L4RouteSpec
{
    /// <summary>What the route is attached to.</summary>
    public ModelList<ParentReferenceSpec> ParentRefs { get; init; } = [];

    /// <summary><c>All</c> also attaches the route to the default gateways (experimental channel).</summary>
    public DefaultScope? UseDefaultGateways { get; init; }

    /// <summary>Server names of a TLSRoute; empty for the others.</summary>
    public ModelList<string> Hostnames { get; init; } = [];

    /// <summary>One rule.</summary>
    public ModelList<L4RouteRuleSpec> Rules { get; init; } = [];
}

/// <summary>A rule of a route below HTTP.</summary>
internal sealed record L4RouteRuleSpec
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Where connections go, by weight; no entry has filters.</summary>
    public ModelList<HTTPBackendRefSpec> BackendRefs { get; init; } = [];
}
