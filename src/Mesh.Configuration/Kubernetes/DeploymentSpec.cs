using Mesh.Model;

namespace Mesh.Configuration.Kubernetes;

/// <summary>
/// A Kubernetes Deployment as far as a mesh looks at it: how many replicas with which labels and ports. It starts nothing;
/// it is read so that a folder of manifests loads as it is. Source: Kubernetes apps/v1 DeploymentSpec.
/// </summary>
public sealed record DeploymentSpec
{
    /// <summary>Number of replicas. Default 1.</summary>
    public int? Replicas { get; init; }

    /// <summary>Labels that choose the pods.</summary>
    public ModelMap<string> MatchLabels { get; init; } = ModelMap<string>.Empty;

    /// <summary>Labels of the pods.</summary>
    public ModelMap<string> PodLabels { get; init; } = ModelMap<string>.Empty;

    /// <summary>Service account of the pods.</summary>
    public string? ServiceAccountName { get; init; }

    /// <summary>Ports of the containers.</summary>
    public ModelList<ContainerPortSpec> ContainerPorts { get; init; } = [];
}

/// <summary>A port of a container. Source: Kubernetes core/v1 ContainerPort.</summary>
public sealed record ContainerPortSpec
{
    /// <summary>Name, which a Service may use as its target port.</summary>
    public string? Name { get; init; }

    /// <summary>Port number.</summary>
    public required int ContainerPort { get; init; }
}
