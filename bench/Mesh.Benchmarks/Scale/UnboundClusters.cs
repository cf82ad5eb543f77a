using Mesh.Client.Compile;
using Mesh.Model;

namespace Mesh.Benchmarks.Scale;

/// <summary>Lets the compiler be measured without the runtime behind it.</summary>
internal sealed class UnboundClusters : IClusterBinder
{
    public CompiledCluster Bind(ServiceModel service, ClusterModel model, ServicePort? port, SchemeChoice scheme) => new Cluster(service, model, port);

    public object? CreatePipeline(ServiceModel service, ForwardAction action) => null;

    private sealed class Cluster(ServiceModel service, ClusterModel model, ServicePort? port) : CompiledCluster(service, model, port);
}
