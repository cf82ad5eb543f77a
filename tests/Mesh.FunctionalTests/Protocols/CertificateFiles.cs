using System.Security.Cryptography.X509Certificates;
using Mesh.Testing;

namespace Mesh.FunctionalTests.Protocols;

/// <summary>Certificates as the PEM files that a DestinationRule names.</summary>
internal sealed class CertificateFiles : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mesh-tls-").FullName;

    public string Authority(TestCertificates authority, string name = "ca.pem") => Write(name, authority.Authority.ExportCertificatePem());

    public (string Certificate, string Key) Client(X509Certificate2 certificate) =>
        (Write("client.pem", certificate.ExportCertificatePem()), Write("client.key", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
