using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Reads a Gateway.</summary>
internal static class GatewayReader
{
    public static GatewaySpec Read(ObjectReader reader) => new()
    {
        Servers = reader.List("servers", static r => new GatewayServerSpec
        {
            Port = r.Object("port", static p => new GatewayPortSpec
            {
                Number = p.Int32("number") ?? 0,
                Protocol = p.Text("protocol"),
                Name = p.Text("name"),
                TargetPort = p.Int32("targetPort"),
            }),
            Bind = r.Text("bind"),
            Hosts = r.Strings("hosts"),
            Tls = r.Object("tls", ReadTls),
            DefaultEndpoint = r.Text("defaultEndpoint"),
            Name = r.Text("name"),
        }),
        Selector = reader.StringMap("selector"),
    };

    public static ServerTLSSettingsSpec ReadTls(ObjectReader reader) => new()
    {
        HttpsRedirect = reader.Bool("httpsRedirect"),
        Mode = reader.Enum<ServerTLSMode>(
            "mode",
            [
                ("PASSTHROUGH", ServerTLSMode.PassThrough), ("SIMPLE", ServerTLSMode.Simple), ("MUTUAL", ServerTLSMode.Mutual),
                ("AUTO_PASSTHROUGH", ServerTLSMode.AutoPassThrough), ("ISTIO_MUTUAL", ServerTLSMode.IstioMutual), ("OPTIONAL_MUTUAL", ServerTLSMode.OptionalMutual),
            ]),
        ServerCertificate = reader.Text("serverCertificate"),
        PrivateKey = reader.Text("privateKey"),
        CaCertificates = reader.Text("caCertificates"),
        CaCrl = reader.Text("caCrl"),
        CredentialName = reader.Text("credentialName"),
        CredentialNames = reader.Strings("credentialNames"),
        CaCertCredentialName = reader.Text("caCertCredentialName"),
        TlsCertificates = reader.List("tlsCertificates", static r => new TLSCertificateSpec
        {
            ServerCertificate = r.Text("serverCertificate"),
            PrivateKey = r.Text("privateKey"),
            CaCertificates = r.Text("caCertificates"),
        }),
        SubjectAltNames = reader.Strings("subjectAltNames"),
        VerifyCertificateSpki = reader.Strings("verifyCertificateSpki"),
        VerifyCertificateHash = reader.Strings("verifyCertificateHash"),
        MinProtocolVersion = ReadProtocol(reader, "minProtocolVersion"),
        MaxProtocolVersion = ReadProtocol(reader, "maxProtocolVersion"),
        CipherSuites = reader.Strings("cipherSuites"),
        InsecureSkipVerify = reader.Bool("insecureSkipVerify"),
    };

    private static TLSProtocol? ReadProtocol(ObjectReader reader, string name) => reader.Enum<TLSProtocol>(
        name,
        [
            ("TLS_AUTO", TLSProtocol.Auto), ("TLSV1_0", TLSProtocol.Tls10), ("TLSV1_1", TLSProtocol.Tls11),
            ("TLSV1_2", TLSProtocol.Tls12), ("TLSV1_3", TLSProtocol.Tls13),
        ]);
}
