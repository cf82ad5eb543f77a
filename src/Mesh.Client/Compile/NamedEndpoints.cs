using System.Collections.Concurrent;
using Mesh.Model;

namespace Mesh.Client.Compile;

/// <summary>
/// Hosts of the form <c>_name.service</c>: a named endpoint of a service (Microsoft.Extensions.ServiceDiscovery), which is one of its named ports or
/// whatever discovery keeps under that name. Each is compiled once per snapshot, as a service with the same rules.
/// </summary>
internal sealed class NamedEndpoints(IClusterBinder binder)
{
    private readonly ConcurrentDictionary<string, CompiledService?> _byHost = new(StringComparer.Ordinal);

    public CompiledService? Find(CompiledMesh mesh, string host) => _byHost.GetOrAdd(host, static (host, state) => Derive(state.mesh, host, state.binder), (mesh, binder));

    private static CompiledService? Derive(CompiledMesh mesh, string host, IClusterBinder binder)
    {
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        if (dot < 2 || mesh.FindService(host[(dot + 1)..]) is not { } parent)
        {
            return null;
        }

        var name = host[1..dot];
        var service = parent.Model;
        ServicePort? port = null;
        foreach (var candidate in service.Ports)
        {
            port = candidate.Name == name ? candidate : port;
        }

        var derived = port is not null
            ? service with { Ports = [port] }
            : Rename(service, $"{name}.{service.Name}") with { DiscoveryName = $"_{name}.{service.DiscoveryName ?? host[(dot + 1)..]}" };
        var named = new Dictionary<string, ServiceModel>(StringComparer.Ordinal);
        foreach (var other in mesh.Model.Services)
        {
            named.TryAdd(other.Name, other);
        }

        return MeshCompiler.Create(derived, named, binder, mesh.Model.DefaultRetries);
    }

    /// <summary>Whether a service is the named endpoint of one of the given services: it lives as long as that one.</summary>
    public static bool IsDerivedFromAny(ServiceModel service, Dictionary<string, ServiceModel> services) =>
        service.DiscoveryName is ['_', ..] && services.ContainsKey(service.Name[(service.Name.IndexOf('.', StringComparison.Ordinal) + 1)..]);

    /// <summary>A discovered endpoint name has endpoints of its own, hence a state of its own, hence a name of its own.</summary>
    private static ServiceModel Rename(ServiceModel service, string name) => service with
    {
        Name = name,
        Clusters = service.Clusters.Select(c => c with { Key = c.Key with { Service = name } }).ToModelList(),
        Rules = service.Rules.Select(rule => rule.Action is ForwardAction forward
            ? rule with
            {
                Action = forward with
                {
                    Destinations = forward.Destinations.Select(d => d.Cluster.Service == service.Name ? d with { Cluster = d.Cluster with { Service = name } } : d).ToModelList(),
                },
            }
            : rule).ToModelList(),
    };
}
