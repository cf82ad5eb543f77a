using Mesh.Configuration.Reading;
using Mesh.Configuration.Schema;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// The kinds this front end reads: which <c>apiVersion</c>s, how, and what their API server checks. A document that one would refuse does
/// not act here either.
/// </summary>
internal static class SpecCatalog
{
    private const string V1 = GatewayApiGroup.Name + "/v1";
    private const string V1Beta1 = GatewayApiGroup.Name + "/v1beta1";
    private const string V1Alpha2 = GatewayApiGroup.Name + "/v1alpha2";
    private const string V1Alpha3 = GatewayApiGroup.Name + "/v1alpha3";
    private static readonly ModelList<string> s_fromBeta = [V1, V1Beta1];
    private static readonly ModelList<string> s_experimental = ["gateway.networking.x-k8s.io/v1alpha1"];

    public static IReadOnlyList<KindReader> Kinds { get; } =
    [
        Kind("GatewayClass", s_fromBeta, GatewayClassReader.Read, static () => GatewayClassSchema.Schema) with { IsClusterScoped = true },
        Kind("Gateway", s_fromBeta, GatewayReader.Read, static () => GatewaySchema.Schema),
        Kind("ListenerSet", [V1], ListenerSetReader.Read, static () => AdmissionKinds.ListenerSet),
        Kind("HTTPRoute", s_fromBeta, HTTPRouteReader.Read, static () => HTTPRouteSchema.Schema) with { Validate = RouteChecks.Validate },
        Kind("GRPCRoute", [V1, V1Alpha2], GRPCRouteReader.Read, static () => GRPCRouteSchema.Schema) with { Validate = RouteChecks.Validate },
        Kind("ReferenceGrant", [V1, V1Beta1, V1Alpha2], ReferenceGrantReader.Read, static () => ReferenceGrantSchema.Schema),
        Kind("BackendTLSPolicy", [V1, V1Alpha3], BackendTLSPolicyReader.Read, static () => BackendTLSPolicySchema.Schema),
    ];

    /// <summary>Kinds that have no meaning in process: they are checked like the others and may have a status, and a mesh never loads them.</summary>
    public static IReadOnlyList<KindReader> AdmissionOnlyKinds { get; } =
    [
        Kind("TLSRoute", [V1, V1Alpha3, V1Alpha2], L4RouteReader.ReadTls, static () => AdmissionKinds.TLSRoute),
        Kind("TCPRoute", [V1, V1Alpha2], L4RouteReader.Read, static () => AdmissionKinds.L4Route),
        Kind("UDPRoute", [V1, V1Alpha2], L4RouteReader.Read, static () => AdmissionKinds.L4Route),
        Kind("XBackendTrafficPolicy", s_experimental, AdmissionKinds.Skip, static () => AdmissionKinds.BackendTrafficPolicy),
        Kind("XBackend", s_experimental, AdmissionKinds.Skip, static () => XBackendSchema.Schema),
        Kind("XMesh", s_experimental, AdmissionKinds.Skip, static () => GatewayClassSchema.Schema) with { IsClusterScoped = true },
    ];

    private static KindReader Kind(string kind, ModelList<string> versions, Func<ObjectReader, object> read, Func<KindSchema> schema) =>
        new(kind, versions, read) { Schema = schema, IsSchemaBinding = true };
}
