using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>
/// Finds the cluster a destination means: its host by the namespace of the document that says it; its port as stated, else the only one
/// of the service, else 0, the port of the request. Remembers what was named, so that every cluster a rule needs is made.
/// </summary>
internal sealed class DestinationLowering(ServiceRegistry registry)
{
    private readonly Dictionary<string, SortedSet<int>> _named = new(StringComparer.Ordinal);

    public ClusterKey Lower(DestinationSpec destination, string @namespace)
    {
        var name = registry.Resolve(destination.Host, @namespace);
        var stated = destination.Port is { Number: > 0 } port ? port.Number : (int?)null;
        var number = stated ?? (registry.TryGet(name, out var service) ? service.OnlyPort : null) ?? 0;
        if (!_named.TryGetValue(name, out var ports))
        {
            _named[name] = ports = [];
        }

        ports.Add(number);
        return new ClusterKey(name, number, destination.Subset);
    }

    /// <summary>True when a rule names the service; with the ports it was named with.</summary>
    public bool IsNamed(string service, out IReadOnlyCollection<int> ports)
    {
        var found = _named.TryGetValue(service, out var set);
        ports = set ?? (IReadOnlyCollection<int>)[];
        return found;
    }
}
