using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Mesh.Configuration.Kubernetes;
using Mesh.Configuration.Naming;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>
/// Every service this workload may know, by full name. Kubernetes services come before ServiceEntries, those of the workload's own
/// namespace before others, old before young; names of the configuration's <c>Services</c> section fill what is left.
/// </summary>
internal sealed class ServiceRegistry
{
    private readonly Dictionary<string, RegisteredService> _byName = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly Dictionary<(string Namespace, string Host), string?> _resolved = [];
    private readonly Workload _workload;

    private ServiceRegistry(Workload workload) => _workload = workload;

    public static ServiceRegistry Build(DocumentSet documents, Workload workload)
    {
        var registry = new ServiceRegistry(workload);
        var workloads = new WorkloadIndex(documents.WorkloadEntries);
        var targetPorts = new TargetPorts(documents.Deployments);
        foreach (var service in documents.Services)
        {
            if (Visibility.IsVisible(ServiceLowering.ExportTo(service.Document), service.Namespace, workload.Namespace))
            {
                registry.TryAdd(ServiceLowering.Lower(service, workload, workloads, targetPorts));
            }
        }

        foreach (var own in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (var entry in documents.ServiceEntries)
            {
                if (own == string.Equals(entry.Namespace, workload.Namespace, StringComparison.Ordinal)
                    && Visibility.IsVisible(entry.Spec.ExportTo, entry.Namespace, workload.Namespace))
                {
                    registry.Add(entry, workloads);
                }
            }
        }

        foreach (var service in documents.DiscoveredServices)
        {
            registry.TryAdd(DiscoveredServiceLowering.Lower(service, workload));
        }

        return registry;
    }

    /// <summary>The services in the order in which they claim hosts.</summary>
    public IEnumerable<RegisteredService> Services => _order.Select(name => _byName[name]);

    public bool TryGet(string name, [MaybeNullWhen(false)] out RegisteredService service) => _byName.TryGetValue(name, out service);

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
        var full = HostName.Expand(host, @namespace, _workload.DomainSuffix).ToLowerInvariant();
        return _byName.TryGetValue(full, out var service) ? service.Name : _byName.ContainsKey(host) ? host : full;
    }

    private bool TryAdd(RegisteredService service)
    {
        if (!_byName.TryAdd(service.Name, service))
        {
            return false;
        }

        _order.Add(service.Name);
        return true;
    }

    private void Add(Typed<ServiceEntrySpec> entry, WorkloadIndex workloads)
    {
        foreach (var host in entry.Spec.Hosts)
        {
            var service = ServiceEntryLowering.Lower(entry, host, _workload, workloads);
            if (!TryAdd(service) && _byName[service.Name] is var first && first.Origin?.Kind == "ServiceEntry" && first.Namespace == service.Namespace)
            {
                _byName[service.Name] = ServiceEntryLowering.Merge(first, service);
            }
        }
    }
}
