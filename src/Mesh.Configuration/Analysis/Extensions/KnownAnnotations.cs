namespace Mesh.Configuration.Analysis;

/// <summary>An annotation of Istio.</summary>
/// <param name="Kinds">Kinds it may stand on; empty: any.</param>
/// <param name="IsDeprecated">True when Istio advises against it.</param>
internal readonly record struct KnownAnnotation(string[] Kinds, bool IsDeprecated = false);

/// <summary>Istio's annotations. Source: istio/api annotations, with the kinds each is for.</summary>
internal static class KnownAnnotations
{
    private static readonly string[] s_pod = ["Pod"];
    private static readonly string[] s_service = ["Service"];
    private static readonly string[] s_gateway = ["Gateway"];
    private static readonly string[] s_workloadEntry = ["WorkloadEntry"];

    /// <summary>Written by Istio itself, wherever it wants.</summary>
    private static readonly HashSet<string> s_ignored = ["sidecar.istio.io/status", "gateway.istio.io/controller-version", "istio.io/rev"];

    private static readonly Dictionary<string, KnownAnnotation> s_known = new(StringComparer.Ordinal)
    {
        ["alpha.istio.io/canonical-serviceaccounts"] = new(s_service, true),
        ["alpha.istio.io/identity"] = new(s_pod, true),
        ["alpha.istio.io/kubernetes-serviceaccounts"] = new(s_service, true),
        ["ambient.istio.io/bypass-inbound-capture"] = new(s_pod),
        ["ambient.istio.io/dns-capture"] = new(s_pod),
        ["ambient.istio.io/redirection"] = new(s_pod),
        ["ambient.istio.io/waypoint-inbound-binding"] = new(["GatewayClass"]),
        ["galley.istio.io/analyze-suppress"] = new([]),
        ["gateway.istio.io/name-override"] = new(s_gateway),
        ["gateway.istio.io/service-account"] = new(s_gateway),
        ["gateway.istio.io/tls-cipher-suites"] = new(s_gateway),
        ["gateway.istio.io/tls-terminate-mode"] = new(s_gateway),
        ["inject.istio.io/templates"] = new(s_pod),
        ["install.operator.istio.io/chart-owner"] = new([]),
        ["install.operator.istio.io/owner-generation"] = new([]),
        ["install.operator.istio.io/version"] = new([]),
        ["istio.io/autoRegistrationGroup"] = new(s_workloadEntry),
        ["istio.io/connectedAt"] = new(s_workloadEntry),
        ["istio.io/disconnectedAt"] = new(s_workloadEntry),
        ["istio.io/dry-run"] = new(["AuthorizationPolicy"]),
        ["istio.io/reroute-virtual-interfaces"] = new(s_pod),
        ["istio.io/workloadController"] = new(s_workloadEntry),
        ["kubernetes.io/ingress.class"] = new(["Ingress"]),
        ["networking.istio.io/address-type"] = new(s_gateway),
        ["networking.istio.io/exportTo"] = new(s_service),
        ["networking.istio.io/service-type"] = new(s_gateway),
        ["networking.istio.io/traffic-distribution"] = new(["Service", "ServiceEntry", "Namespace", "Gateway"]),
        ["prometheus.istio.io/merge-metrics"] = new(s_pod),
        ["proxy.istio.io/config"] = new(s_pod),
        ["proxy.istio.io/overrides"] = new(s_pod),
        ["readiness.status.sidecar.istio.io/applicationPorts"] = new(s_pod),
        ["readiness.status.sidecar.istio.io/failureThreshold"] = new(s_pod),
        ["readiness.status.sidecar.istio.io/initialDelaySeconds"] = new(s_pod),
        ["readiness.status.sidecar.istio.io/periodSeconds"] = new(s_pod),
        ["sidecar.istio.io/agentLogLevel"] = new(s_pod),
        ["sidecar.istio.io/bootstrapOverride"] = new(s_pod),
        ["sidecar.istio.io/componentLogLevel"] = new(s_pod),
        ["sidecar.istio.io/controlPlaneAuthPolicy"] = new(s_pod, true),
        ["sidecar.istio.io/discoveryAddress"] = new(s_pod, true),
        ["sidecar.istio.io/enableCoreDump"] = new(s_pod),
        ["sidecar.istio.io/extraStatTags"] = new(s_pod),
        ["sidecar.istio.io/inject"] = new(s_pod, true),
        ["sidecar.istio.io/interceptionMode"] = new(s_pod),
        ["sidecar.istio.io/logLevel"] = new(s_pod),
        ["sidecar.istio.io/nativeSidecar"] = new(s_pod),
        ["sidecar.istio.io/proxyCPU"] = new(s_pod),
        ["sidecar.istio.io/proxyCPULimit"] = new(s_pod),
        ["sidecar.istio.io/proxyImage"] = new(s_pod),
        ["sidecar.istio.io/proxyImageType"] = new(s_pod),
        ["sidecar.istio.io/proxyMemory"] = new(s_pod),
        ["sidecar.istio.io/proxyMemoryLimit"] = new(s_pod),
        ["sidecar.istio.io/rewriteAppHTTPProbers"] = new(s_pod),
        ["sidecar.istio.io/statsCompression"] = new(s_pod),
        ["sidecar.istio.io/statsEvictionInterval"] = new(s_pod),
        ["sidecar.istio.io/statsHistogramBuckets"] = new(s_pod),
        ["sidecar.istio.io/statsInclusionPrefixes"] = new(s_pod, true),
        ["sidecar.istio.io/statsInclusionRegexps"] = new(s_pod, true),
        ["sidecar.istio.io/statsInclusionSuffixes"] = new(s_pod, true),
        ["sidecar.istio.io/userVolume"] = new(s_pod),
        ["sidecar.istio.io/userVolumeMount"] = new(s_pod),
        ["status.sidecar.istio.io/port"] = new(s_pod),
        ["topology.istio.io/controlPlaneClusters"] = new(["Namespace"]),
        ["traffic.istio.io/nodeSelector"] = new(s_service),
        ["traffic.sidecar.istio.io/excludeInboundPorts"] = new(s_pod),
        ["traffic.sidecar.istio.io/excludeInterfaces"] = new(s_pod),
        ["traffic.sidecar.istio.io/excludeOutboundIPRanges"] = new(s_pod),
        ["traffic.sidecar.istio.io/excludeOutboundPorts"] = new(s_pod),
        ["traffic.sidecar.istio.io/includeInboundPorts"] = new(s_pod),
        ["traffic.sidecar.istio.io/includeOutboundIPRanges"] = new(s_pod),
        ["traffic.sidecar.istio.io/includeOutboundPorts"] = new(s_pod),
        ["traffic.sidecar.istio.io/kubevirtInterfaces"] = new(s_pod, true),
    };

    public static IEnumerable<string> Names => s_known.Keys;

    /// <summary>True for an annotation in Istio's name that a person may have written.</summary>
    public static bool IsIstios(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return !s_ignored.Contains(name)
            && (name == "kubernetes.io/ingress.class" || (slash >= 0 ? name.AsSpan(0, slash) : name).EndsWith("istio.io", StringComparison.Ordinal));
    }

    public static bool TryGet(string name, out KnownAnnotation annotation) => s_known.TryGetValue(name, out annotation);
}
