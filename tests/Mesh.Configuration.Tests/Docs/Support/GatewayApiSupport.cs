using Mesh.Configuration.GatewayApi;
using static Mesh.Configuration.Tests.Docs.Support.SupportStatement;

namespace Mesh.Configuration.Tests.Docs.Support;

/// <summary>The kinds of the Gateway API besides routes.</summary>
internal static class GatewayApiSupport
{
    private const string Model = "in the model";
    private const string Serves = "for the process that serves the gateway";

    public static SupportTable Gateway { get; } = new(
        "Gateway (gateway.networking.k8s.io)",
        SupportGroup.Of<GatewaySpec>(
            "spec",
            GatewayOnly(Model, "listeners"),
            GatewayOnly(Serves, "gatewayClassName", "addresses", "infrastructure", "allowedListeners", "tls", "defaultScope")),
        SupportGroup.Of<ListenerSpec>("listeners[]", GatewayOnly(Model, "name", "hostname", "port", "protocol", "tls", "allowedRoutes")),
        SupportGroup.Of<ListenerTLSSpec>("listeners[].tls", GatewayOnly(Serves, "mode", "certificateRefs", "options")),
        SupportGroup.Of<AllowedRoutesSpec>("listeners[].allowedRoutes", GatewayOnly("decides what is attached", "namespaces", "kinds")),
        SupportGroup.Of<RouteNamespacesSpec>("listeners[].allowedRoutes.namespaces", GatewayOnly("decides what is attached", "from", "selector")),
        SupportGroup.Of<RouteGroupKindSpec>("listeners[].allowedRoutes.kinds[]", GatewayOnly("decides what is attached", "group", "kind")),
        SupportGroup.Of<LabelSelectorSpec>("selectors of namespaces", GatewayOnly("decides what is attached", "matchLabels", "matchExpressions")),
        SupportGroup.Of<LabelSelectorRequirementSpec>("selectors of namespaces: matchExpressions[]", GatewayOnly("decides what is attached", "key", "operator", "values")),
        SupportGroup.Of<GatewayAddressSpec>("addresses[]", GatewayOnly(Serves, "type", "value")),
        SupportGroup.Of<GatewayInfrastructureSpec>("infrastructure", GatewayOnly(Serves, "labels", "annotations", "parametersRef")),
        SupportGroup.Of<AllowedListenersSpec>("allowedListeners", GatewayOnly(Serves, "namespaces")),
        SupportGroup.Of<ListenerNamespacesSpec>("allowedListeners.namespaces", GatewayOnly(Serves, "from", "selector")),
        SupportGroup.Of<GatewayTLSSpec>("tls", GatewayOnly(Serves, "backend", "frontend")),
        SupportGroup.Of<GatewayBackendTLSSpec>("tls.backend", GatewayOnly(Serves, "clientCertificateRef")),
        SupportGroup.Of<FrontendTLSSpec>("tls.frontend", GatewayOnly(Serves, "default", "perPort")),
        SupportGroup.Of<TLSPortConfigSpec>("tls.frontend.perPort[]", GatewayOnly(Serves, "port", "tls")),
        SupportGroup.Of<TLSConfigSpec>("tls.frontend.*", GatewayOnly(Serves, "validation")),
        SupportGroup.Of<FrontendTLSValidationSpec>("tls.frontend.*.validation", GatewayOnly(Serves, "caCertificateRefs", "mode")),
        SupportGroup.Of<SecretObjectReferenceSpec>("references of Secrets", GatewayOnly(Serves, "group", "kind", "name", "namespace")),
        SupportGroup.Of<ObjectReferenceSpec>("references of objects", GatewayOnly(Serves, "group", "kind", "name", "namespace")));

    public static SupportTable GatewayClass { get; } = new(
        "GatewayClass (gateway.networking.k8s.io)",
        SupportGroup.Of<GatewayClassSpec>("spec", GatewayOnly(Serves, "controllerName", "parametersRef", "description")));

    public static SupportTable ReferenceGrant { get; } = new(
        "ReferenceGrant (gateway.networking.k8s.io)",
        SupportGroup.Of<ReferenceGrantSpec>("spec", Acts("from", "to")),
        SupportGroup.Of<ReferenceGrantFromSpec>("from[]", Acts("group", "kind", "namespace")),
        SupportGroup.Of<ReferenceGrantToSpec>("to[]", Acts("group", "kind", "name")));

    public static SupportTable BackendTLSPolicy { get; } = new(
        "BackendTLSPolicy (gateway.networking.k8s.io)",
        SupportGroup.Of<BackendTLSPolicySpec>("spec", Acts("targetRefs", "validation"), NotApplicable("no option is known", "options")),
        SupportGroup.Of<PolicyTargetReferenceSpec>("targetRefs[]", Acts("group", "kind", "name", "sectionName")),
        SupportGroup.Of<BackendTLSPolicyValidationSpec>("validation", ActsNote("ConfigMap documents with ca.crt", "caCertificateRefs"), Acts("wellKnownCACertificates", "hostname", "subjectAltNames")),
        SupportGroup.Of<SubjectAltNameSpec>("validation.subjectAltNames[]", Acts("type", "hostname", "uri")));
}
