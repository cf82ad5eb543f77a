using Mesh.Model;

namespace Mesh.Client.Compile;

/// <summary>
/// A cluster of a snapshot. The runtime derives its own type from it, which binds the policy of this snapshot to the endpoints that survive snapshots;
/// compiled routes hold it without knowing more.
/// </summary>
internal abstract class CompiledCluster(ServiceModel service, ClusterModel model, ServicePort? port)
{
    public ServiceModel Service { get; } = service;

    public ClusterModel Model { get; } = model;

    public ServicePort? Port { get; } = port;

    public ClusterPolicy Policy => Model.Policy;
}

/// <summary>
/// Which endpoints a request wants where some are written with a scheme. Source: Microsoft.Extensions.ServiceDiscovery: of the schemes a name asks for the best
/// one that exists is used; endpoints without a scheme always qualify.
/// </summary>
internal enum SchemeChoice
{
    /// <summary><c>http://</c>: plain endpoints; secure ones only when there are no others.</summary>
    Http,

    /// <summary><c>https://</c>: secure endpoints; plain ones only when there are no others.</summary>
    Https,

    /// <summary><c>https+http://</c>: secure endpoints first.</summary>
    HttpsFirst,

    /// <summary><c>http+https://</c>: plain endpoints first.</summary>
    HttpFirst,
}

/// <summary>Where the compiler gets clusters from: the runtime, which reuses one whose model has not changed.</summary>
internal interface IClusterBinder
{
    /// <summary>The cluster of a snapshot.</summary>
    CompiledCluster Bind(ServiceModel service, ClusterModel model, ServicePort? port, SchemeChoice scheme);

    /// <summary>The pipeline around a route's tries, or null when its policy needs none.</summary>
    object? CreatePipeline(ServiceModel service, ForwardAction action);
}
