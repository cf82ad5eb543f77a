using Mesh.Configuration.Kubernetes;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>The kinds this front end reads: which <c>apiVersion</c>s, how, and how each document is checked by itself.</summary>
internal static class SpecCatalog
{
    private static readonly ModelList<string> s_networking = ["networking.istio.io/v1", "networking.istio.io/v1beta1", "networking.istio.io/v1alpha3"];

    public static IReadOnlyList<KindReader> Kinds { get; } =
    [
        new("VirtualService", s_networking, VirtualServiceReader.Read, VirtualServiceValidator.Validate),
        new("DestinationRule", s_networking, DestinationRuleReader.Read, DestinationRuleValidator.Validate),
        new("ServiceEntry", s_networking, ServiceEntryReader.Read, ServiceEntryValidator.Validate),
        new("WorkloadEntry", s_networking, WorkloadEntryReader.Read, WorkloadEntryValidator.Validate),
        new("Gateway", s_networking, GatewayReader.Read, GatewayValidator.Validate),
        new("Sidecar", s_networking, SidecarReader.Read, SidecarValidator.Validate),
        new("Service", ["v1"], KubernetesReaders.Service, ServiceValidator.Validate),
        new("Deployment", ["apps/v1"], KubernetesReaders.Deployment),
    ];
}
