using Mesh.Configuration.Reading;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Reads a Gateway.</summary>
internal static class GatewayReader
{
    private static readonly TLSConfigSpec s_noTls = new();

    public static GatewaySpec Read(ObjectReader reader) => new()
    {
        GatewayClassName = reader.RequiredString("gatewayClassName"),
        Listeners = reader.List("listeners", ListenerReader.Read),
        Addresses = reader.List("addresses", static r => new GatewayAddressSpec { Type = r.String("type") ?? "IPAddress", Value = r.String("value") }),
        Infrastructure = reader.Object("infrastructure", static r => new GatewayInfrastructureSpec
        {
            Labels = r.StringMap("labels"),
            Annotations = r.StringMap("annotations"),
            ParametersRef = r.Object("parametersRef", CommonReaders.LocalObject),
        }),
        AllowedListeners = reader.Object("allowedListeners", static r => new AllowedListenersSpec
        {
            Namespaces = r.Object("namespaces", static n => new ListenerNamespacesSpec
            {
                From = n.Choice<NamespacesFrom>("from") ?? NamespacesFrom.None,
                Selector = n.Object("selector", CommonReaders.LabelSelector),
            }) ?? new(),
        }),
        Tls = reader.Object("tls", Tls),
        DefaultScope = reader.Choice<DefaultScope>("defaultScope"),
    };

    private static GatewayTLSSpec Tls(ObjectReader reader) => new()
    {
        Backend = reader.Object("backend", static r => new GatewayBackendTLSSpec { ClientCertificateRef = r.Object("clientCertificateRef", CommonReaders.SecretObject) }),
        Frontend = reader.Object("frontend", static r => new FrontendTLSSpec
        {
            Default = r.Required("default", TlsConfig) ?? s_noTls,
            PerPort = r.List("perPort", static p => new TLSPortConfigSpec { Port = p.RequiredInt("port"), Tls = p.Required("tls", TlsConfig) ?? s_noTls }),
        }),
    };

    private static TLSConfigSpec TlsConfig(ObjectReader reader) => new()
    {
        Validation = reader.Object("validation", static r => new FrontendTLSValidationSpec
        {
            CaCertificateRefs = r.List("caCertificateRefs", CommonReaders.Object),
            Mode = r.Choice<FrontendValidationMode>("mode") ?? FrontendValidationMode.AllowValidOnly,
        }),
    };
}
