using Mesh.Configuration.Istio;
using Mesh.Configuration.Kubernetes;
using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Registry;
using Mesh.Model;

namespace Mesh.Configuration.Lowering;

/// <summary>
/// Fills the registry. Kubernetes services come before ServiceEntries, those of the workload's own namespace before others, old before
/// young; names of the configuration's <c>Services</c> section fill what is left.
/// </summary>
internal static class RegistryBuilder
{
    public static ServiceRegistry Build(DocumentSet documents, Workload workload, MeshConfigSpec mesh)
    {
        var registry = new ServiceRegistry(workload.DomainSuffix);
        var workloads = new WorkloadIndex(documents.WorkloadEntries);
        var targetPorts = new TargetPorts(documents.Deployments);
        var slices = new EndpointSliceIndex(documents.EndpointSlices);
        foreach (var service in documents.Services)
        {
            if (Visibility.IsVisible(ServiceLowering.ExportTo(service.Document), mesh.DefaultServiceExportTo, service.Namespace, workload.Namespace))
            {
                registry.TryAdd(ServiceLowering.Lower(service, workload, workloads, targetPorts, slices));
            }
        }

        foreach (var own in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (var entry in documents.ServiceEntries)
            {
                if (own == string.Equals(entry.Namespace, workload.Namespace, StringComparison.Ordinal)
                    && Visibility.IsVisible(entry.Spec.ExportTo, mesh.DefaultServiceExportTo, entry.Namespace, workload.Namespace))
                {
                    Add(registry, entry, workload, workloads);
                }
            }
        }

        foreach (var service in documents.DiscoveredServices)
        {
            registry.TryAdd(DiscoveredServiceLowering.Lower(service, workload));
        }

        return registry;
    }

    private static void Add(ServiceRegistry registry, Typed<ServiceEntrySpec> entry, Workload workload, WorkloadIndex workloads)
    {
        foreach (var host in entry.Spec.Hosts)
        {
            var service = ServiceEntryLowering.Lower(entry, host, workload, workloads);
            if (!registry.TryAdd(service) && registry.TryGet(service.Name, out var first)
                && first.Origin?.Kind == "ServiceEntry" && first.Namespace == service.Namespace)
            {
                registry.Replace(ServiceEntryLowering.Merge(first, service));
            }
        }
    }
}
