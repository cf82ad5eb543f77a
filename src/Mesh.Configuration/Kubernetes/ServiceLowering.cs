using Mesh.Configuration.Istio;
using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Registry;
using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Configuration.Kubernetes;

/// <summary>
/// Makes a service of a Kubernetes Service. Its endpoints are the WorkloadEntries its selector chooses, else those of its EndpointSlices;
/// without any such document endpoint sources are asked for it, by its short name in the workload's own namespace and by <c>name.namespace</c> elsewhere, as a pod's DNS would be.
/// </summary>
internal static class ServiceLowering
{
    private const string ExportToAnnotation = "networking.istio.io/exportTo";

    public static RegisteredService Lower(Typed<ServiceSpec> service, Workload workload, WorkloadIndex workloads, TargetPorts targetPorts, EndpointSliceIndex slices)
    {
        var spec = service.Spec;
        var isOwn = string.Equals(service.Namespace, workload.Namespace, StringComparison.Ordinal);
        var chosen = workloads.Select(service.Namespace, spec.Selector);
        var endpoints = chosen.Count > 0 ? chosen : slices.Of(service.Namespace, service.Name);
        var isExternal = spec.Type == "ExternalName" && spec.ExternalName is not null;
        return new RegisteredService
        {
            Name = ServiceAliases.FullName(service.Name, service.Namespace, workload.DomainSuffix),
            Namespace = service.Namespace,
            Hosts = Hosts(service, workload),
            Ports = [.. spec.Ports.Select(p => Port(p, service, targetPorts))],
            Resolution = isExternal ? EndpointResolution.Dns : endpoints is not null ? EndpointResolution.Static : EndpointResolution.Discovery,
            Endpoints = isExternal ? [new MeshEndpoint { Address = spec.ExternalName! }] : endpoints ?? [],
            DiscoveryName = isExternal || endpoints is not null ? null : isOwn ? service.Name : $"{service.Name}.{service.Namespace}",
            Origin = service.Document.Origin,
        };
    }

    // The cluster address is one more name of the service.
    private static ModelList<string> Hosts(Typed<ServiceSpec> service, Workload workload)
    {
        var names = ServiceAliases.Of(service.Name, service.Namespace, workload.DomainSuffix, workload.Namespace);
        return System.Net.IPAddress.TryParse(service.Spec.ClusterIP, out var address)
            ? [.. names, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString()]
            : names;
    }

    /// <summary>Who may see the service. Source: Istio's annotation, a list with commas.</summary>
    public static ModelList<string> ExportTo(ConfigDocument document) => ExportTo(document.Metadata.Annotations);

    public static ModelList<string> ExportTo(ModelMap<string> annotations) =>
        annotations.TryGetValue(ExportToAnnotation, out var text)
            ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToModelList()
            : [];

    private static ServicePort Port(ServicePortSpec port, Typed<ServiceSpec> service, TargetPorts targetPorts) => new(
        port.Port,
        port.Name ?? "",
        ProtocolName.FromPort(port.AppProtocol, port.Name),
        targetPorts.Resolve(port.TargetPort, service.Namespace, service.Spec.Selector));
}
