using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Registry;
using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Makes a service of one host of a ServiceEntry.</summary>
internal static class ServiceEntryLowering
{
    public static RegisteredService Lower(Typed<ServiceEntrySpec> entry, string host, Workload workload, WorkloadIndex workloads)
    {
        var spec = entry.Spec;
        var name = host.ToLowerInvariant();
        var resolution = Resolution(spec);
        return new RegisteredService
        {
            Name = name,
            Namespace = entry.Namespace,
            Hosts = [.. Hosts(name, workload), .. spec.Addresses.Where(static address => !address.Contains('/', StringComparison.Ordinal)).Select(Bare)],
            Ports = [.. spec.Ports.Select(static p => new ServicePort(p.Number, p.Name, ProtocolName.FromPort(p.Protocol, p.Name), p.TargetPort ?? 0))],
            Resolution = resolution,
            Endpoints = resolution == EndpointResolution.PassThrough ? [] : Endpoints(entry, workloads),
            SubjectAltNames = spec.SubjectAltNames,
            Origin = entry.Document.Origin,
        };
    }

    /// <summary>Two ServiceEntries of one namespace for one host are one service: ports and endpoints add up, the older one decides the rest.</summary>
    public static RegisteredService Merge(RegisteredService first, RegisteredService second) => first with
    {
        Ports = [.. first.Ports, .. second.Ports.Where(port => !first.HasPort(port.Number))],
        Endpoints = [.. first.Endpoints, .. second.Endpoints.Where(endpoint => !first.Endpoints.Contains(endpoint))],
    };

    // A virtual address is one more name of the service, as Uri writes it.
    private static string Bare(string address) => System.Net.IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{parsed}]" : address;

    // A host inside the cluster's domain has the short names of a Kubernetes service.
    private static ModelList<string> Hosts(string name, Workload workload) =>
        ServiceAliases.TrySplit(name, workload.DomainSuffix, out var service, out var @namespace)
            ? ServiceAliases.Of(service, @namespace, workload.DomainSuffix, workload.Namespace)
            : [name];

    private static EndpointResolution Resolution(ServiceEntrySpec spec) => spec.Resolution switch
    {
        ServiceEntryResolution.Static => EndpointResolution.Static,
        ServiceEntryResolution.Dns or ServiceEntryResolution.DnsRoundRobin => EndpointResolution.Dns,
        _ => EndpointResolution.PassThrough,
    };

    private static ModelList<MeshEndpoint> Endpoints(Typed<ServiceEntrySpec> entry, WorkloadIndex workloads)
    {
        if (entry.Spec.WorkloadSelector is { } selector)
        {
            return workloads.Select(entry.Namespace, selector.Labels);
        }

        return [.. entry.Spec.Endpoints.Select(static e => WorkloadEntryLowering.Lower(e, null)).OfType<MeshEndpoint>()];
    }
}
