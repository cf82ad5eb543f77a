namespace Mesh.Configuration.Registry;

/// <summary>Remembers which ports of which services rules send to, so that every cluster a rule needs is made.</summary>
internal sealed class NamedClusters
{
    private readonly Dictionary<string, SortedSet<int>> _ports = new(StringComparer.Ordinal);

    /// <param name="service">Full name of the service.</param>
    /// <param name="port">Service port; 0 for the port of the request.</param>
    public void Add(string service, int port)
    {
        if (!_ports.TryGetValue(service, out var ports))
        {
            _ports[service] = ports = [];
        }

        ports.Add(port);
    }

    /// <summary>True when a rule names the service; with the ports it was named with.</summary>
    public bool Contains(string service, out IReadOnlyCollection<int> ports)
    {
        var found = _ports.TryGetValue(service, out var set);
        ports = set ?? (IReadOnlyCollection<int>)[];
        return found;
    }
}
