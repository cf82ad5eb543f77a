using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>A rule by TLS server name. Source: Istio TLSRoute. Read and checked only.</summary>
public sealed record TLSRouteSpec
{
    /// <summary>Alternatives.</summary>
    public ModelList<TLSMatchAttributesSpec> Match { get; init; } = [];

    /// <summary>Weighted destinations.</summary>
    public ModelList<RouteDestinationSpec> Route { get; init; } = [];
}

/// <summary>Conditions of a TLS rule. Source: Istio TLSMatchAttributes.</summary>
public sealed record TLSMatchAttributesSpec
{
    /// <summary>Server names, within the hosts of the document.</summary>
    public ModelList<string> SniHosts { get; init; } = [];

    /// <summary>Destination networks (CIDR).</summary>
    public ModelList<string> DestinationSubnets { get; init; } = [];

    /// <summary>Service port; null: any.</summary>
    public int? Port { get; init; }

    /// <summary>Labels of the caller.</summary>
    public ModelMap<string> SourceLabels { get; init; } = ModelMap<string>.Empty;

    /// <summary>Gateways instead of the document's.</summary>
    public ModelList<string> Gateways { get; init; } = [];

    /// <summary>Namespace of the caller.</summary>
    public string? SourceNamespace { get; init; }
}

/// <summary>A rule for plain TCP. Source: Istio TCPRoute. Read and checked only.</summary>
public sealed record TCPRouteSpec
{
    /// <summary>Alternatives; empty: always.</summary>
    public ModelList<L4MatchAttributesSpec> Match { get; init; } = [];

    /// <summary>Weighted destinations.</summary>
    public ModelList<RouteDestinationSpec> Route { get; init; } = [];
}

/// <summary>Conditions of a TCP rule. Source: Istio L4MatchAttributes.</summary>
public sealed record L4MatchAttributesSpec
{
    /// <summary>Destination networks (CIDR).</summary>
    public ModelList<string> DestinationSubnets { get; init; } = [];

    /// <summary>Service port; null: any.</summary>
    public int? Port { get; init; }

    /// <summary>Network of the caller.</summary>
    public string? SourceSubnet { get; init; }

    /// <summary>Labels of the caller.</summary>
    public ModelMap<string> SourceLabels { get; init; } = ModelMap<string>.Empty;

    /// <summary>Gateways instead of the document's.</summary>
    public ModelList<string> Gateways { get; init; } = [];

    /// <summary>Namespace of the caller.</summary>
    public string? SourceNamespace { get; init; }
}

/// <summary>A destination of a TLS or TCP rule. Source: Istio RouteDestination.</summary>
public sealed record RouteDestinationSpec
{
    /// <summary>Where to.</summary>
    public required DestinationSpec Destination { get; init; }

    /// <summary>Share relative to the sum of all.</summary>
    public int? Weight { get; init; }
}
