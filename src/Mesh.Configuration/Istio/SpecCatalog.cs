using Mesh.Configuration.Kubernetes;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Schema;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>The kinds this front end reads: which <c>apiVersion</c>s, how, and how each document is checked by itself.</summary>
internal static class SpecCatalog
{
    private static readonly ModelList<string> s_networking = ["networking.istio.io/v1", "networking.istio.io/v1beta1", "networking.istio.io/v1alpha3"];
    private static readonly ModelList<string> s_security = ["security.istio.io/v1", "security.istio.io/v1beta1"];

    /// <summary>Kinds a mesh loads.</summary>
    public static IReadOnlyList<KindReader> Kinds { get; } =
    [
        Istio("VirtualService", s_networking, VirtualServiceReader.Read, VirtualServiceValidator.Validate, static () => VirtualServiceSchema.Schema),
        Istio("DestinationRule", s_networking, DestinationRuleReader.Read, DestinationRuleValidator.Validate, static () => DestinationRuleSchema.Schema),
        Istio("ServiceEntry", s_networking, ServiceEntryReader.Read, ServiceEntryValidator.Validate, static () => ServiceEntrySchema.Schema),
        Istio("WorkloadEntry", s_networking, WorkloadEntryReader.Read, WorkloadEntryValidator.Validate, static () => WorkloadEntrySchema.Schema),
        Istio("WorkloadGroup", s_networking, WorkloadGroupReader.Read, WorkloadGroupValidator.Validate, static () => WorkloadGroupSchema.Schema),
        Istio("Gateway", s_networking, GatewayReader.Read, GatewayValidator.Validate, static () => GatewaySchema.Schema),
        Istio("Sidecar", s_networking, SidecarReader.Read, SidecarValidator.Validate, static () => SidecarSchema.Schema),
        Istio("AuthorizationPolicy", s_security, AuthorizationPolicyReader.Read, AuthorizationPolicyValidator.Validate, static () => AuthorizationPolicySchema.Schema),
        Istio("PeerAuthentication", s_security, PeerAuthenticationReader.Read, PeerAuthenticationValidator.Validate, static () => PeerAuthenticationSchema.Schema),
        Istio("RequestAuthentication", s_security, RequestAuthenticationReader.Read, RequestAuthenticationValidator.Validate, static () => RequestAuthenticationSchema.Schema),
        Istio("Telemetry", ["telemetry.istio.io/v1", "telemetry.istio.io/v1alpha1"], TelemetryReader.Read, TelemetryValidator.Validate, static () => TelemetrySchema.Schema),
        new("Service", ["v1"], KubernetesReaders.Service, ServiceValidator.Validate),
        new("Deployment", ["apps/v1"], KubernetesReaders.Deployment),
    ];

    /// <summary>Kinds that are checked and never loaded, because they only mean something to a proxy.</summary>
    public static IReadOnlyList<KindReader> AdmissionOnlyKinds { get; } =
    [
        Istio("ProxyConfig", ["networking.istio.io/v1beta1"], AdmissionOnly.Read, AdmissionOnly.Validate, static () => ProxySchemas.ProxyConfig),
        Istio("WasmPlugin", ["extensions.istio.io/v1alpha1"], AdmissionOnly.Read, AdmissionOnly.Validate, static () => ExtensionSchemas.WasmPlugin),
        Istio("TrafficExtension", ["extensions.istio.io/v1alpha1"], AdmissionOnly.Read, AdmissionOnly.Validate, static () => ExtensionSchemas.TrafficExtension),
        Istio("EnvoyFilter", ["networking.istio.io/v1alpha3"], EnvoyFilterReader.Read, EnvoyFilterValidator.Validate, static () => ProxySchemas.EnvoyFilter),
        .. MeshConfigDocuments.Kinds,
    ];

    private static KindReader Istio(string kind, ModelList<string> versions, Func<ObjectReader, object> read, Action<ConfigDocument, ProblemSink> validate, Func<KindSchema> schema) => new(
        kind,
        versions,
        read,
        (document, problems) =>
        {
            MetadataChecks.Validate(document, problems);
            validate(document, problems);
        })
    { Schema = schema };
}
