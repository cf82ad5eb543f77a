namespace Mesh.Configuration.Analysis;

/// <summary>A kind with its API group; versions do not matter to the analysis.</summary>
/// <param name="Group">Group, for example <c>networking.istio.io</c>; empty for Kubernetes' core.</param>
/// <param name="Kind">Kind, for example <c>VirtualService</c>.</param>
internal readonly record struct DocumentKind(string Group, string Kind)
{
    private const string Networking = "networking.istio.io";
    private const string SecurityGroup = "security.istio.io";
    private const string GatewayApi = "gateway.networking.k8s.io";

    public static readonly DocumentKind VirtualService = new(Networking, "VirtualService");
    public static readonly DocumentKind DestinationRule = new(Networking, "DestinationRule");
    public static readonly DocumentKind ServiceEntry = new(Networking, "ServiceEntry");
    public static readonly DocumentKind WorkloadEntry = new(Networking, "WorkloadEntry");
    public static readonly DocumentKind Gateway = new(Networking, "Gateway");
    public static readonly DocumentKind Sidecar = new(Networking, "Sidecar");
    public static readonly DocumentKind EnvoyFilter = new(Networking, "EnvoyFilter");
    public static readonly DocumentKind AuthorizationPolicy = new(SecurityGroup, "AuthorizationPolicy");
    public static readonly DocumentKind PeerAuthentication = new(SecurityGroup, "PeerAuthentication");
    public static readonly DocumentKind RequestAuthentication = new(SecurityGroup, "RequestAuthentication");
    public static readonly DocumentKind Telemetry = new("telemetry.istio.io", "Telemetry");
    public static readonly DocumentKind WasmPlugin = new("extensions.istio.io", "WasmPlugin");
    public static readonly DocumentKind KubernetesGateway = new(GatewayApi, "Gateway");
    public static readonly DocumentKind HttpRoute = new(GatewayApi, "HTTPRoute");
    public static readonly DocumentKind GrpcRoute = new(GatewayApi, "GRPCRoute");
    public static readonly DocumentKind Service = new("", "Service");
    public static readonly DocumentKind Pod = new("", "Pod");
    public static readonly DocumentKind Namespace = new("", "Namespace");
    public static readonly DocumentKind Secret = new("", "Secret");
    public static readonly DocumentKind ConfigMap = new("", "ConfigMap");
    public static readonly DocumentKind Node = new("", "Node");
    public static readonly DocumentKind Deployment = new("apps", "Deployment");
    public static readonly DocumentKind CustomResourceDefinition = new("apiextensions.k8s.io", "CustomResourceDefinition");

    /// <summary>True for kinds whose objects belong to the cluster, not to a namespace.</summary>
    public bool IsClusterScoped => Kind
        is "Namespace" or "Node" or "PersistentVolume" or "CustomResourceDefinition" or "MutatingWebhookConfiguration" or "ValidatingWebhookConfiguration"
        or "ClusterRole" or "ClusterRoleBinding" or "GatewayClass" or "IngressClass" or "StorageClass" or "PriorityClass" or "APIService";

    /// <summary>The group of an <c>apiVersion</c>.</summary>
    public static string GroupOf(string apiVersion)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? "" : apiVersion[..slash];
    }
}
