using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Mesh.Configuration.Naming;

namespace Mesh.Configuration.Registry;

/// <summary>Every service this workload may know, by full name, whichever language declared it. The first to claim a name keeps it.</summary>
/// <param name="domainSuffix">DNS suffix of the cluster.</param>
internal sealed class ServiceRegistry(string domainSuffix)
{
    private readonly Dictionary<string, RegisteredService> _byName = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly Dictionary<(string Namespace, string Host), string?> _resolved = [];

    /// <summary>The services in the order in which they claim hosts.</summary>
    public IEnumerable<RegisteredService> Services => _order.Select(name => _byName[name]);

    public bool TryGet(string name, [MaybeNullWhen(false)] out RegisteredService service) => _byName.TryGetValue(name, out service);

    public bool TryAdd(RegisteredService service)
    {
        if (!_byName.TryAdd(service.Name, service))
        {
            return false;
        }

        _order.Add(service.Name);
        return true;
    }

    /// <summary>Puts a service in the place of one of the same name.</summary>
    public void Replace(RegisteredService service) => _byName[service.Name] = service;

    /// <summary>The full name of a Kubernetes service.</summary>
    public string FullName(string name, string @namespace) => ServiceAliases.FullName(name, @namespace, domainSuffix).ToLowerInvariant();

    /// <summary>
    /// The full name a document means. A short name is a service of the document's namespace; when there is none of that name, a
    /// ServiceEntry for exactly this short host is meant.
    /// </summary>
    public string Resolve(string host, string @namespace)
    {
        // Rules name the same few hosts again and again; one text for all of them also keeps the model small.
        ref var resolved = ref CollectionsMarshal.GetValueRefOrAddDefault(_resolved, (@namespace, host), out _);
        return resolved ??= Search(host, @namespace);
    }

    private string Search(string host, string @namespace)
    {
        var full = HostName.Expand(host, @namespace, domainSuffix).ToLowerInvariant();
        return _byName.TryGetValue(full, out var service) ? service.Name : _byName.ContainsKey(host) ? host : full;
    }
}
