using Mesh.Model;

namespace Mesh.Configuration.Kubernetes;

/// <summary>A Kubernetes Service as far as a mesh looks at it. Source: Kubernetes core/v1 ServiceSpec.</summary>
public sealed record ServiceSpec
{
    /// <summary>Kind of service: <c>ClusterIP</c> (default), <c>NodePort</c>, <c>LoadBalancer</c> or <c>ExternalName</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Labels of the pods that serve it.</summary>
    public ModelMap<string> Selector { get; init; } = ModelMap<string>.Empty;

    /// <summary>Ports.</summary>
    public ModelList<ServicePortSpec> Ports { get; init; } = [];

    /// <summary>Virtual address; <c>None</c> for a headless service.</summary>
    public string? ClusterIP { get; init; }

    /// <summary>DNS name a service of type ExternalName stands for.</summary>
    public string? ExternalName { get; init; }
}

/// <summary>A port of a Kubernetes Service. Source: Kubernetes core/v1 ServicePort.</summary>
public sealed record ServicePortSpec
{
    /// <summary>Name; decides the protocol by its prefix (<c>http2-api</c>) when <see cref="AppProtocol"/> is null.</summary>
    public string? Name { get; init; }

    /// <summary>Port callers use.</summary>
    public required int Port { get; init; }

    /// <summary>Transport protocol. Default TCP.</summary>
    public string? Protocol { get; init; }

    /// <summary>Application protocol: <c>http</c>, <c>http2</c>, <c>https</c>, <c>grpc</c>, <c>kubernetes.io/h2c</c>, <c>tcp</c>, …</summary>
    public string? AppProtocol { get; init; }

    /// <summary>Port of the pods, a number or the name of a container port; null: <see cref="Port"/>.</summary>
    public string? TargetPort { get; init; }
}
