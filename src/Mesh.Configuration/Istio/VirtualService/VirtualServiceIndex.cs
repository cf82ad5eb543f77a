using System.Diagnostics.CodeAnalysis;
using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Registry;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>One VirtualService the workload uses, with its full host names and its rules after delegation.</summary>
internal sealed class RoutedHosts(Typed<VirtualServiceSpec> source, IReadOnlyList<string> hosts, IReadOnlyList<SourcedRoute> routes)
{
    public Typed<VirtualServiceSpec> Source { get; } = source;

    public IReadOnlyList<string> Hosts { get; } = hosts;

    public IReadOnlyList<SourcedRoute> Routes { get; } = routes;
}

/// <summary>
/// The VirtualServices this workload uses: on the mesh gateway, exported to it, imported by its Sidecar. The most specific host decides,
/// and of equal hosts the oldest document.
/// </summary>
internal sealed class VirtualServiceIndex
{
    private readonly HostIndex<RoutedHosts> _byHost = new();

    /// <summary>All of them, oldest first.</summary>
    public List<RoutedHosts> All { get; } = [];

    public static VirtualServiceIndex Build(DocumentSet documents, ServiceRegistry registry, EgressScope scope, Workload workload, MeshConfigSpec mesh, ProblemSink problems)
    {
        var index = new VirtualServiceIndex();
        var exportTo = mesh.DefaultVirtualServiceExportTo;
        var delegates = new DelegateMerge(documents.VirtualServices, workload.DomainSuffix, exportTo);
        foreach (var virtualService in documents.VirtualServices)
        {
            var spec = virtualService.Spec;
            if (spec.Hosts.Count == 0 || !OnMesh(spec.Gateways) || !Visibility.IsVisible(spec.ExportTo, exportTo, virtualService.Namespace, workload.Namespace))
            {
                continue;
            }

            var hosts = spec.Hosts.Select(host => registry.Resolve(host, virtualService.Namespace)).ToArray();
            if (scope.ImportsRules(virtualService.Namespace, hosts))
            {
                index.Add(new RoutedHosts(virtualService, hosts, delegates.Routes(virtualService, problems)));
            }
        }

        return index;
    }

    /// <summary>The document that routes a service.</summary>
    public bool TryFind(string host, [MaybeNullWhen(false)] out RoutedHosts found) => _byHost.TryFind(host, out found);

    /// <summary>True when the document is the one that decides for exactly this host.</summary>
    public bool Owns(RoutedHosts virtualService, string host) => _byHost.TryGetExact(host, out var owner) && ReferenceEquals(owner, virtualService);

    public static bool OnMesh(ModelList<string> gateways) => gateways.Count == 0 || gateways.Contains(VirtualServiceValidator.MeshGateway);

    private void Add(RoutedHosts virtualService)
    {
        All.Add(virtualService);
        foreach (var host in virtualService.Hosts)
        {
            _byHost.TryAdd(host, virtualService);
        }
    }
}
