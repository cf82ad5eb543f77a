using Mesh.Configuration.Registry;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>
/// Finds the cluster a destination means: its host by the namespace of the document that says it; its port as stated, else the only one
/// of the service, else 0, the port of the request.
/// </summary>
internal sealed class DestinationLowering(ServiceRegistry registry, NamedClusters named)
{
    public ClusterKey Lower(DestinationSpec destination, string @namespace)
    {
        var name = registry.Resolve(destination.Host, @namespace);
        var stated = destination.Port is { Number: > 0 } port ? port.Number : (int?)null;
        var number = stated ?? (registry.TryGet(name, out var service) ? service.OnlyPort : null) ?? 0;
        named.Add(name, number);
        return new ClusterKey(name, number, destination.Subset);
    }
}
