using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Registry;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>
/// Makes the ways into the mesh: each Gateway with the VirtualServices that name it, whichever process serves it. Source: Istio
/// buildGatewayHTTPRouteConfig, MergeGateways.
/// </summary>
internal sealed class GatewayLowering(DocumentSet documents, ServiceRegistry registry, Workload workload, MeshConfigSpec mesh, ActionLowering actions)
{
    public IEnumerable<GatewayModel> Lower(ProblemSink problems)
    {
        if (documents.Gateways.Count == 0)
        {
            yield break;
        }

        var bound = Bound(problems);
        foreach (var gateway in documents.Gateways)
        {
            var scope = new RuleScope(workload with { Labels = gateway.Spec.Selector, Namespace = gateway.Namespace }, $"{gateway.Namespace}/{gateway.Name}");
            var listeners = new ListenerLowering(gateway, scope, bound, actions);
            yield return new GatewayModel
            {
                Namespace = gateway.Namespace,
                Name = gateway.Name,
                Listeners = [.. gateway.Spec.Servers.Select(listeners.Lower)],
                Origin = gateway.Document.Origin,
            };
        }
    }

    /// <summary>The VirtualServices that name any Gateway, oldest first, with their rules after delegation.</summary>
    private List<RoutedHosts> Bound(ProblemSink problems)
    {
        var exportTo = mesh.DefaultVirtualServiceExportTo;
        var delegates = new DelegateMerge(documents.VirtualServices, workload.DomainSuffix, exportTo);
        var bound = new List<RoutedHosts>();
        foreach (var virtualService in documents.VirtualServices)
        {
            var spec = virtualService.Spec;
            if (spec.Hosts.Count == 0 || !spec.Gateways.Any(static gateway => gateway != VirtualServiceValidator.MeshGateway))
            {
                continue;
            }

            // What the workloads of the mesh load too has been reported with them.
            var sink = VirtualServiceIndex.OnMesh(spec.Gateways) ? new ProblemSink() : problems;
            var hosts = spec.Hosts.Select(host => registry.Resolve(host, virtualService.Namespace)).ToArray();
            bound.Add(new RoutedHosts(virtualService, hosts, delegates.Routes(virtualService, sink)));
        }

        return bound;
    }

    /// <summary>True when a VirtualService may be bound to a Gateway: it names it and is exported to its namespace.</summary>
    public static bool IsBound(RoutedHosts virtualService, RuleScope gateway) =>
        gateway.IsNamedBy(virtualService.Source.Spec.Gateways, virtualService.Source.Namespace)
        && Visibility.IsVisible(virtualService.Source.Spec.ExportTo, virtualService.Source.Namespace, gateway.Workload.Namespace);
}
