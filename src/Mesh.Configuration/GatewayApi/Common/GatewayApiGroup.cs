namespace Mesh.Configuration.GatewayApi;

/// <summary>Names that references are compared with.</summary>
internal static class GatewayApiGroup
{
    /// <summary>API group of the kinds of this language.</summary>
    public const string Name = "gateway.networking.k8s.io";

    /// <summary>API group of Kubernetes' own Service, Secret and ConfigMap.</summary>
    public const string Core = "";
}
