using Mesh.Model;

namespace Mesh.Configuration.Kubernetes;

/// <summary>A Kubernetes Namespace; only its labels count, which stand in the metadata.</summary>
internal sealed record NamespaceSpec;

/// <summary>A Kubernetes ConfigMap. Source: core/v1.</summary>
internal sealed record ConfigMapSpec
{
    /// <summary>Texts by key.</summary>
    public ModelMap<string> Data { get; init; } = ModelMap<string>.Empty;
}

/// <summary>Endpoints of a Service. Source: Kubernetes discovery.k8s.io/v1 EndpointSlice.</summary>
internal sealed record EndpointSliceSpec
{
    /// <summary><c>IPv4</c>, <c>IPv6</c> or <c>FQDN</c>.</summary>
    public string AddressType { get; init; } = "IPv4";

    public ModelList<EndpointSliceEndpointSpec> Endpoints { get; init; } = [];

    public ModelList<EndpointSlicePortSpec> Ports { get; init; } = [];
}

/// <summary>One endpoint of a slice.</summary>
internal sealed record EndpointSliceEndpointSpec
{
    /// <summary>Addresses, all of which lead to the same endpoint.</summary>
    public ModelList<string> Addresses { get; init; } = [];

    /// <summary>Whether it may be sent requests; null counts as true.</summary>
    public bool? Ready { get; init; }

    public string? Zone { get; init; }

    /// <summary>Name of the object behind it, usually a pod.</summary>
    public string? TargetName { get; init; }
}

/// <summary>A port of a slice.</summary>
/// <param name="Name">Name of the Service's port; empty when it has none.</param>
/// <param name="Port">Port of the endpoints.</param>
internal sealed record EndpointSlicePortSpec(string Name, int Port);
