using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>The kinds this front end reads: which <c>apiVersion</c>s, how, and how each document is checked by itself.</summary>
internal static class SpecCatalog
{
    private const string V1 = GatewayApiGroup.Name + "/v1";
    private const string V1Beta1 = GatewayApiGroup.Name + "/v1beta1";
    private const string V1Alpha2 = GatewayApiGroup.Name + "/v1alpha2";
    private const string V1Alpha3 = GatewayApiGroup.Name + "/v1alpha3";
    private static readonly ModelList<string> s_fromBeta = [V1, V1Beta1];

    public static IReadOnlyList<KindReader> Kinds { get; } =
    [
        new("GatewayClass", s_fromBeta, GatewayClassReader.Read) { IsClusterScoped = true },
        new("Gateway", s_fromBeta, GatewayReader.Read),
        new("HTTPRoute", s_fromBeta, HTTPRouteReader.Read),
        new("GRPCRoute", [V1, V1Alpha2], GRPCRouteReader.Read),
        new("ReferenceGrant", [V1, V1Beta1, V1Alpha2], ReferenceGrantReader.Read),
        new("BackendTLSPolicy", [V1, V1Alpha3], BackendTLSPolicyReader.Read),
    ];
}
