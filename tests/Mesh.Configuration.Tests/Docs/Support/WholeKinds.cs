namespace Mesh.Configuration.Tests.Docs.Support;

/// <summary>Kinds with one statement for all of their fields.</summary>
internal static class WholeKinds
{
    private const string Arrive = "checked as Istio's admission does; it acts where requests arrive";
    private const string Proxy = "checked as Istio's admission does; it configures a proxy, and there is none";

    private const string Installation = "its MeshConfig is checked as Istio does; give it to the mesh as a file";

    private const string Bytes = "checked against its schema, and it has a status; a process sees requests, not bytes below HTTP";

    public static SupportTable[] Tables { get; } =
    [
        SupportTable.Of("AuthorizationPolicy", SupportLevel.ServerSide, Arrive),
        SupportTable.Of("PeerAuthentication", SupportLevel.ServerSide, Arrive),
        SupportTable.Of("RequestAuthentication", SupportLevel.ServerSide, Arrive),
        SupportTable.Of("Telemetry", SupportLevel.Validated, "checked as Istio's admission does; the application's own OpenTelemetry set-up decides"),
        SupportTable.Of("WorkloadGroup", SupportLevel.NotApplicable, "checked as Istio's admission does; it is a template for virtual machines"),
        SupportTable.Of("ProxyConfig", SupportLevel.NotApplicable, Proxy),
        SupportTable.Of("WasmPlugin", SupportLevel.NotApplicable, Proxy),
        SupportTable.Of("TrafficExtension", SupportLevel.NotApplicable, Proxy),
        SupportTable.Of("EnvoyFilter", SupportLevel.NotApplicable, "checked as Istio's admission does; it patches a proxy, and there is none"),
        SupportTable.Of("IstioOperator", SupportLevel.Validated, Installation),
        SupportTable.Of("Istio", SupportLevel.Validated, Installation),
        SupportTable.Of("ListenerSet", SupportLevel.GatewayOnly, "its listeners are among those of its Gateway in the model, and it has a status"),
        SupportTable.Of("TLSRoute", SupportLevel.NotApplicable, Bytes),
        SupportTable.Of("TCPRoute", SupportLevel.NotApplicable, Bytes),
        SupportTable.Of("UDPRoute", SupportLevel.NotApplicable, Bytes),
        SupportTable.Of("XBackendTrafficPolicy", SupportLevel.Validated, "checked against its schema, not loaded"),
        SupportTable.Of("XBackend", SupportLevel.Validated, "checked against its schema, not loaded"),
        SupportTable.Of("XMesh", SupportLevel.Validated, "checked against its schema, not loaded"),
        SupportTable.Of("Namespace", SupportLevel.Acts, "its labels, for the selectors of Gateway API listeners"),
        SupportTable.Of("ConfigMap", SupportLevel.Acts, "its certificate (ca.crt), for the BackendTLSPolicy that refers to it; the MeshConfig and MeshNetworks of the one called istio are checked"),
        SupportTable.Of("Secret", SupportLevel.Acts, "certificates and key of the workload's namespace, for the `credentialName` of a DestinationRule"),
        SupportTable.Of("EndpointSlice", SupportLevel.Validated, "read for the analysis of documents"),
    ];
}
