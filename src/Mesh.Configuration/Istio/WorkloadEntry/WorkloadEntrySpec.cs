using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>One endpoint, as a document of its own or inside a ServiceEntry. Source: Istio networking WorkloadEntry.</summary>
public sealed record WorkloadEntrySpec
{
    /// <summary>IP address, or a DNS name under resolution DNS.</summary>
    public string? Address { get; init; }

    /// <summary>Endpoint ports by the name of the service port.</summary>
    public ModelMap<int> Ports { get; init; } = ModelMap<int>.Empty;

    /// <summary>Labels, matched by subsets and selectors.</summary>
    public ModelMap<string> Labels { get; init; } = ModelMap<string>.Empty;

    /// <summary>Network of the endpoint. Read only: there is no gateway between networks in process.</summary>
    public string? Network { get; init; }

    /// <summary><c>region/zone/subzone</c>.</summary>
    public string? Locality { get; init; }

    /// <summary>Share relative to its siblings. Default 1.</summary>
    public int? Weight { get; init; }

    /// <summary>Service account the endpoint runs as.</summary>
    public string? ServiceAccount { get; init; }
}
