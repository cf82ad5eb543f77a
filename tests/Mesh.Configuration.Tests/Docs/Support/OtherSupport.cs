using Mesh.Configuration.Istio;
using Mesh.Configuration.Kubernetes;
using static Mesh.Configuration.Tests.Docs.Support.SupportStatement;

namespace Mesh.Configuration.Tests.Docs.Support;

/// <summary>The kinds with few fields.</summary>
internal static class OtherSupport
{
    private const string Arrive = "it acts where requests arrive";
    private const string Listens = "a process that calls does not listen";
    private const string Terminates = "TLS ends at the gateway";

    public static SupportTable ServiceEntry { get; } = new(
        "ServiceEntry",
        SupportGroup.Of<ServiceEntrySpec>(
            "spec",
            Acts("hosts", "ports", "endpoints", "exportTo", "subjectAltNames"),
            ActsNote("single addresses are names of the service; ranges have no effect, a request names a host", "addresses"),
            ActsNote("STATIC, DNS, DNS_ROUND_ROBIN (as DNS); NONE and DYNAMIC_DNS go to the host of the request", "resolution"),
            ActsNote("chooses WorkloadEntry documents; there are no pods in process", "workloadSelector"),
            Validated("it sets what automatic mTLS expects, which comes later", "location")),
        SupportGroup.Of<ServiceEntryPortSpec>("spec.ports[]", Acts("number", "protocol", "name", "targetPort")));

    public static SupportTable WorkloadEntry { get; } = new(
        "WorkloadEntry",
        SupportGroup.Of<WorkloadEntrySpec>(
            "spec, ServiceEntry.spec.endpoints[]",
            ActsNote("a unix path is not reachable, a warning says so", "address"),
            Acts("ports", "labels", "locality", "weight"),
            Validated("it becomes part of the expected identity with mTLS", "serviceAccount"),
            NotApplicable("endpoints are reached directly, without the gateway of a network", "network")));

    public static SupportTable Sidecar { get; } = new(
        "Sidecar",
        SupportGroup.Of<SidecarSpec>("spec", Acts("workloadSelector", "egress", "outboundTrafficPolicy"), ServerSide(Arrive, "ingress", "inboundConnectionPool")),
        SupportGroup.Of<IstioEgressListenerSpec>("egress[]", Acts("port", "hosts"), NotApplicable("nothing is captured in process", "bind", "captureMode")),
        SupportGroup.Of<IstioIngressListenerSpec>("ingress[]", ServerSide(Arrive, "port", "bind", "captureMode", "defaultEndpoint", "tls", "connectionPool")),
        SupportGroup.Of<SidecarPortSpec>("egress[].port", Acts("number"), NotApplicable("the port of the service says it", "protocol", "name"), NotApplicable("Istio does not use it either", "targetPort")),
        SupportGroup.Of<OutboundTrafficPolicySpec>("outboundTrafficPolicy", Acts("mode"), Validated("a warning says so", "egressProxy")));

    public static SupportTable Gateway { get; } = new(
        "Gateway (networking.istio.io)",
        SupportGroup.Of<GatewaySpec>("spec", GatewayOnly("listeners and bound VirtualServices are in the model", "servers"), GatewayOnly("compared with sourceLabels", "selector")),
        SupportGroup.Of<GatewayServerSpec>(
            "servers[]",
            GatewayOnly("in the model", "port", "hosts", "tls", "name"),
            GatewayOnly(Listens, "bind"),
            NotApplicable("Istio does not use it either", "defaultEndpoint")),
        SupportGroup.Of<GatewayPortSpec>("servers[].port", GatewayOnly("in the model", "number", "protocol", "name"), NotApplicable("Istio does not use it either", "targetPort")),
        SupportGroup.Of<ServerTLSSettingsSpec>(
            "servers[].tls",
            GatewayOnly("in the model", "httpsRedirect", "mode"),
            GatewayOnly(
                Terminates, "serverCertificate", "privateKey", "caCertificates", "caCrl", "credentialName", "credentialNames", "caCertCredentialName", "tlsCertificates",
                "subjectAltNames", "verifyCertificateSpki", "verifyCertificateHash", "minProtocolVersion", "maxProtocolVersion", "cipherSuites", "insecureSkipVerify")),
        SupportGroup.Of<TLSCertificateSpec>("servers[].tls.tlsCertificates[]", GatewayOnly(Terminates, "serverCertificate", "privateKey", "caCertificates")));

    public static SupportTable Service { get; } = new(
        "Service",
        SupportGroup.Of<ServiceSpec>("spec", Acts("type", "selector", "ports", "clusterIP", "externalName")),
        SupportGroup.Of<ServicePortSpec>("spec.ports[]", Acts("name", "port", "appProtocol", "targetPort"), NotApplicable("requests are TCP", "protocol")));

    public static SupportTable Deployment { get; } = new(
        "Deployment",
        SupportGroup.Of<DeploymentSpec>(
            "spec",
            ActsNote("resolve named target ports", "podLabels", "containerPorts"),
            Validated("read for the analysis of documents", "replicas", "matchLabels", "serviceAccountName")),
        SupportGroup.Of<ContainerPortSpec>("spec.template.spec.containers[].ports[]", Acts("name", "containerPort")));

    public static SupportTable MeshConfig { get; } = new(
        "MeshConfig",
        SupportGroup.Of<MeshConfigSpec>(
            "mesh",
            Acts(
                "connectTimeout", "tcpKeepalive", "outboundTrafficPolicy", "defaultServiceExportTo", "defaultVirtualServiceExportTo", "defaultDestinationRuleExportTo",
                "rootNamespace", "localityLbSetting", "dnsRefreshRate", "h2UpgradePolicy", "defaultHttpRetryPolicy", "defaultTrafficPolicy")),
        SupportGroup.Of<DefaultTrafficPolicySpec>("mesh.defaultTrafficPolicy", Acts("connectionPool", "outlierDetection")));
}
