using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Mesh.Tests.Shared;

/// <summary>Secrets as the documents that <c>kubectl create secret</c> would print.</summary>
internal static class SecretYaml
{
    /// <summary>A Secret with these values, in base64 as a cluster shows them.</summary>
    public static string Of(string name, params (string Key, string Value)[] values) => Of(name, "default", values);

    public static string Of(string name, string @namespace, params (string Key, string Value)[] values) =>
        $$"""
        apiVersion: v1
        kind: Secret
        metadata: { name: {{name}}, namespace: {{@namespace}} }
        type: Opaque
        data:
        {{string.Join('\n', values.Select(static v => $"  {v.Key}: \"{Convert.ToBase64String(Encoding.UTF8.GetBytes(v.Value))}\""))}}
        ---

        """;

    /// <summary>A client's certificate, its key and its authority under the names of Secrets of type <c>kubernetes.io/tls</c>.</summary>
    public static string Client(string name, X509Certificate2 client, X509Certificate2 authority) =>
        Of(name, ("tls.crt", client.ExportCertificatePem()), ("tls.key", KeyOf(client)), ("ca.crt", authority.ExportCertificatePem()));

    public static string KeyOf(X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }
}
