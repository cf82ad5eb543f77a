using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mesh.Conformance.GatewayApi;

/// <summary>Objects that the suite makes when it starts, and that its manifests refer to.</summary>
internal static class StatusFixtures
{
    private const string Infra = "gateway-conformance-infra";
    private static readonly Lazy<(string Certificate, string Key)> s_pair = new(Create);

    public static IEnumerable<string> Documents =>
    [
        .. new[] { "tls-validity-checks-certificate", "tls-checks-certificate", "tls-terminate-checks-certificate", "tls-checks-client-certificate", "tls-validity-checks-client-certificate" }
            .Select(static name => Secret(Infra, name)),
        Secret("gateway-conformance-web-backend", "certificate"),
        ConfigMap(Infra, "tls-checks-ca-certificate"),
        ConfigMap(Infra, "mismatch-ca-certificate"),
    ];

    public static string ConfigMap(string @namespace, string name) => $$"""
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: {{name}}, namespace: {{@namespace}}}
        data: {ca.crt: "{{s_pair.Value.Certificate.ReplaceLineEndings("\\n")}}"}
        """;

    private static string Secret(string @namespace, string name) => $$"""
        apiVersion: v1
        kind: Secret
        metadata: {name: {{name}}, namespace: {{@namespace}}}
        type: kubernetes.io/tls
        stringData: {tls.crt: "{{s_pair.Value.Certificate.ReplaceLineEndings("\\n")}}", tls.key: "{{s_pair.Value.Key.ReplaceLineEndings("\\n")}}"}
        """;

    private static (string, string) Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=suite", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
