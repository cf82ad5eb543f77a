using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>A route of any kind in the form all share.</summary>
internal sealed class RouteSource
{
    public required ConfigDocument Document { get; init; }

    public required RouteKind Kind { get; init; }

    public required ModelList<ParentReferenceSpec> ParentRefs { get; init; }

    /// <summary>Lower case; empty: those of the listener.</summary>
    public required ModelList<string> Hostnames { get; init; }

    /// <summary>True attaches the route to the default gateways, too.</summary>
    public bool UsesDefaultGateways { get; init; }

    public required IReadOnlyList<RuleSource> Rules { get; init; }

    public string Namespace => Document.Metadata.Namespace;

    public string Name => Document.Metadata.Name;

    public static RouteSource Of(ConfigDocument document, HTTPRouteSpec spec) => new()
    {
        Document = document,
        Kind = RouteKind.HTTPRoute,
        ParentRefs = spec.ParentRefs,
        Hostnames = LowerCase(spec.Hostnames),
        UsesDefaultGateways = spec.UseDefaultGateways is DefaultScope.All,
        Rules = [.. spec.Rules.Select(static (rule, index) => new RuleSource
        {
            Index = index,
            Name = rule.Name,
            Matches = [.. rule.Matches.Select(static m => HTTPMatchLowering.Lower(m))],
            Filters = rule.Filters,
            BackendRefs = rule.BackendRefs,
            Timeouts = rule.Timeouts,
            Retry = rule.Retry,
            SessionPersistence = rule.SessionPersistence,
        })],
    };

    public static RouteSource Of(ConfigDocument document, GRPCRouteSpec spec) => new()
    {
        Document = document,
        Kind = RouteKind.GRPCRoute,
        ParentRefs = spec.ParentRefs,
        Hostnames = LowerCase(spec.Hostnames),
        UsesDefaultGateways = spec.UseDefaultGateways is DefaultScope.All,
        Rules = [.. spec.Rules.Select(static (rule, index) => new RuleSource
        {
            Index = index,
            Name = rule.Name,
            Matches = rule.Matches.Count == 0 ? [GRPCMatchLowering.Any] : [.. rule.Matches.Select(static m => GRPCMatchLowering.Lower(m))],
            Filters = GRPCFilters.AsHttp(rule.Filters),
            BackendRefs = [.. rule.BackendRefs.Select(GRPCFilters.AsHttp)],
            SessionPersistence = rule.SessionPersistence,
        })],
    };

    public static RouteSource Of(ConfigDocument document, L4RouteSpec spec) => new()
    {
        Document = document,
        Kind = Enum.Parse<RouteKind>(document.Kind),
        ParentRefs = spec.ParentRefs,
        Hostnames = LowerCase(spec.Hostnames),
        UsesDefaultGateways = spec.UseDefaultGateways is DefaultScope.All,
        Rules = [.. spec.Rules.Select(static (rule, index) => new RuleSource { Index = index, Name = rule.Name, Matches = [], Filters = [], BackendRefs = rule.BackendRefs })],
    };

    private static ModelList<string> LowerCase(ModelList<string> hostnames) => [.. hostnames.Select(static h => h.ToLowerInvariant())];
}

/// <summary>Kinds of routes. The greater one wins a Service port that both claim; UDP is another port space. Source: GEP-1294.</summary>
internal enum RouteKind
{
    UDPRoute,
    TCPRoute,
    TLSRoute,
    HTTPRoute,
    GRPCRoute,
}

/// <summary>A rule of any kind.</summary>
internal sealed class RuleSource
{
    /// <summary>Position in the document, from zero.</summary>
    public required int Index { get; init; }

    public string? Name { get; init; }

    /// <summary>At least one; none of a route below HTTP, which takes every connection.</summary>
    public required ModelList<RankedMatch> Matches { get; init; }

    public required ModelList<HTTPRouteFilterSpec> Filters { get; init; }

    public required ModelList<HTTPBackendRefSpec> BackendRefs { get; init; }

    public HTTPRouteTimeoutsSpec? Timeouts { get; init; }

    public HTTPRouteRetrySpec? Retry { get; init; }

    public SessionPersistenceSpec? SessionPersistence { get; init; }
}
