using Mesh.Discovery;

namespace Mesh.Model;

/// <summary>
/// Something a request can be addressed to: the names that reach it, its ports, the rules that decide where a request goes,
/// the clusters those rules may name, and where its endpoints come from.
/// </summary>
public sealed record ServiceModel
{
    /// <summary>The full name that identifies the service in the model, in telemetry and in cluster names, for example <c>catalog.shop.svc.cluster.local</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Namespace of the object that declares the service; empty for services that have none.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>
    /// Every host name (lower case, no port) that reaches this service from this workload, the short ones included;
    /// a leading <c>*.</c> matches any labels before the rest, and <c>*</c> alone any host no other service claims.
    /// </summary>
    public ModelList<string> Hosts { get; init; } = [];

    /// <summary>Ports of the service. Without any, every port is served and forwarded as it is.</summary>
    public ModelList<ServicePort> Ports { get; init; } = [];

    /// <summary>Rules in the order in which they are tried. Empty: every request goes to the cluster of its port without a policy.</summary>
    public ModelList<RouteRule> Rules { get; init; } = [];

    /// <summary>
    /// True when a request that no rule matches still goes to the service's own cluster (a service without any routing document);
    /// false when it is answered with 404 and flag NR, as an Istio VirtualService without a matching rule is.
    /// </summary>
    public bool FallThrough { get; init; }

    /// <summary>Ports for which <see cref="Rules"/> are in force; empty means all. Other ports behave as a service without rules.</summary>
    public ModelList<int> RulePorts { get; init; } = [];

    /// <summary>The default cluster and the subsets of each port, with the policy that is in force for each.</summary>
    public ModelList<ClusterModel> Clusters { get; init; } = [];

    /// <summary>Where endpoints come from.</summary>
    public EndpointResolution Resolution { get; init; }

    /// <summary>Endpoints written in the configuration: addresses for <see cref="EndpointResolution.Static"/>, DNS names for <see cref="EndpointResolution.Dns"/>.</summary>
    public ModelList<MeshEndpoint> Endpoints { get; init; } = [];

    /// <summary>The query handed to endpoint sources for <see cref="EndpointResolution.Discovery"/>; null: the service's first host.</summary>
    public string? DiscoveryName { get; init; }

    /// <summary>The document that declared the service.</summary>
    public ConfigOrigin? Origin { get; init; }
}

/// <summary>Where the endpoints of a service come from.</summary>
public enum EndpointResolution
{
    /// <summary>They are written in the configuration (<see cref="ServiceModel.Endpoints"/>).</summary>
    Static,

    /// <summary>The host names in <see cref="ServiceModel.Endpoints"/> (or the service's own host) are resolved by DNS again and again; every address is an endpoint.</summary>
    Dns,

    /// <summary>Endpoint sources (<see cref="IEndpointSource"/>) are asked: those the application registered, then the <c>Services</c> section, then DNS.</summary>
    Discovery,

    /// <summary>The host and port the request names (Istio resolution <c>NONE</c>, Envoy's original destination).</summary>
    PassThrough,
}

/// <summary>One port of a service.</summary>
/// <param name="Number">The port callers use.</param>
/// <param name="Name">Its name, unique in the service; empty when it has none.</param>
/// <param name="Protocol">What is spoken on it.</param>
/// <param name="TargetPort">The port of an endpoint that says nothing else; 0 means <paramref name="Number"/>.</param>
public sealed record ServicePort(int Number, string Name = "", PortProtocol Protocol = PortProtocol.Http, int TargetPort = 0);

/// <summary>Application protocol of a port, from its <c>protocol</c>, <c>appProtocol</c> or name prefix.</summary>
public enum PortProtocol
{
    /// <summary>HTTP/1.1 unless the caller or a policy asks for HTTP/2.</summary>
    Http,

    /// <summary>HTTP/2 with prior knowledge over plain text (<c>http2</c>, <c>kubernetes.io/h2c</c>).</summary>
    Http2,

    /// <summary>gRPC: HTTP/2 with gRPC status rules.</summary>
    Grpc,

    /// <summary>HTTP over TLS: the endpoint expects TLS from the caller.</summary>
    Https,

    /// <summary>Bytes below HTTP; HTTP requests are still sent there as they are.</summary>
    Tcp,
}
