using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Registry;
using Mesh.Configuration.Sources;
using Mesh.Model;

namespace Mesh.Configuration.Lowering;

/// <summary>
/// Makes a service of a name in the configuration's <c>Services</c> section. A name without dots counts as a service of the workload's
/// namespace, so that rules, policies and cluster names are the same as for a Kubernetes service.
/// </summary>
internal static class DiscoveredServiceLowering
{
    public static RegisteredService Lower(Typed<DiscoveredServiceSpec> service, Workload workload)
    {
        var name = service.Spec.Name.ToLowerInvariant();
        if (!name.Contains('.'))
        {
            return new RegisteredService
            {
                Name = ServiceAliases.FullName(name, workload.Namespace, workload.DomainSuffix),
                Namespace = workload.Namespace,
                Hosts = ServiceAliases.Of(name, workload.Namespace, workload.DomainSuffix, workload.Namespace),
                Resolution = EndpointResolution.Discovery,
                DiscoveryName = name,
                Origin = service.Document.Origin,
            };
        }

        var inCluster = ServiceAliases.TrySplit(name, workload.DomainSuffix, out var shortName, out var @namespace);
        return new RegisteredService
        {
            Name = name,
            Namespace = inCluster ? @namespace : workload.Namespace,
            Hosts = inCluster ? ServiceAliases.Of(shortName, @namespace, workload.DomainSuffix, workload.Namespace) : [name],
            Resolution = EndpointResolution.Discovery,
            DiscoveryName = name,
            Origin = service.Document.Origin,
        };
    }
}
