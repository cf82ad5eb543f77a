using System.Collections.Frozen;
using Mesh.Model;

namespace Mesh.Client.Compile;

/// <summary>
/// Turns a model into a snapshot. A service whose model, and the models of all services its rules name, are equal to the previous snapshot's
/// is taken over by reference: a reload costs what it changes. Rule tables and endpoint sets are made when first needed, so ten thousand
/// services that a process never calls cost only their entry in the host table.
/// </summary>
internal static class MeshCompiler
{
    public static CompiledMesh Compile(MeshModel model, CompiledMesh? previous, IClusterBinder binder)
    {
        var byName = new Dictionary<string, ServiceModel>(model.Services.Count, StringComparer.Ordinal);
        foreach (var service in model.Services)
        {
            byName.TryAdd(service.Name, service);
        }

        var old = new Dictionary<string, CompiledService>(previous?.Services.Length ?? 0, StringComparer.Ordinal);
        // Other defaults may change every service.
        foreach (var service in previous is not null && previous.Model.DefaultRetries.Equals(model.DefaultRetries) ? previous.Services : [])
        {
            old.TryAdd(service.Model.Name, service);
        }

        var compiled = new CompiledService[model.Services.Count];
        for (var i = 0; i < compiled.Length; i++)
        {
            var service = model.Services[i];
            compiled[i] = old.TryGetValue(service.Name, out var candidate) && IsUnchanged(service, candidate, byName, old)
                ? candidate
                : Create(service, byName, binder, model.DefaultRetries);
        }

        return Index(model, compiled, binder);
    }

    public static CompiledService Create(ServiceModel service, Dictionary<string, ServiceModel> byName, IClusterBinder binder, RetryPolicy defaultRetries)
    {
        // The service keeps only the models its own rules name: holding the whole index would keep old snapshots alive.
        var named = new Dictionary<string, ServiceModel>(StringComparer.Ordinal) { [service.Name] = service };
        foreach (var key in ReferencedClusters(service))
        {
            if (byName.TryGetValue(key.Service, out var target))
            {
                named.TryAdd(key.Service, target);
            }
        }

        return new CompiledService(service, (owner, number, port, scheme) => new RouteTableCompiler(owner.Model, named, binder, scheme, defaultRetries).Compile(number, port));
    }

    private static bool IsUnchanged(ServiceModel service, CompiledService candidate, Dictionary<string, ServiceModel> byName, Dictionary<string, CompiledService> old)
    {
        if (!candidate.Model.Equals(service))
        {
            return false;
        }

        foreach (var key in ReferencedClusters(service))
        {
            var now = byName.GetValueOrDefault(key.Service);
            var before = old.GetValueOrDefault(key.Service)?.Model;
            if (!ReferenceEquals(now, before) && !(now is not null && now.Equals(before)))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<ClusterKey> ReferencedClusters(ServiceModel service)
    {
        foreach (var rule in service.Rules)
        {
            if (rule.Action is ForwardAction forward)
            {
                foreach (var destination in forward.Destinations)
                {
                    // A share that is answered with a status may have no backend to name.
                    if (destination.Cluster.Service is not null)
                    {
                        yield return destination.Cluster;
                    }
                }

                foreach (var mirror in forward.Mirrors)
                {
                    yield return mirror.Cluster;
                }
            }
        }
    }

    private static CompiledMesh Index(MeshModel model, CompiledService[] services, IClusterBinder binder)
    {
        var exact = new Dictionary<string, CompiledService>(services.Length * 4, StringComparer.Ordinal);
        var wildcards = new List<(string Suffix, CompiledService Service)>();
        CompiledService? any = null;
        foreach (var service in services)
        {
            foreach (var host in service.Model.Hosts)
            {
                if (host == "*")
                {
                    any ??= service;
                }
                else if (host.StartsWith('*'))
                {
                    wildcards.Add((host[1..], service));
                }
                else
                {
                    exact.TryAdd(host, service);
                }
            }
        }

        // Longest suffix first; among equals the first service stays first (stable sort).
        return new CompiledMesh(model, exact.ToFrozenDictionary(StringComparer.Ordinal), [.. wildcards.OrderByDescending(static w => w.Suffix.Length)], any, services, new NamedEndpoints(binder));
    }
}
