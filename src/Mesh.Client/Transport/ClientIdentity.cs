using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Mesh.Model;

namespace Mesh.Client.Transport;

/// <summary>Makes what a handshake presents of a certificate and key in memory: the client's certificate and those that follow it in the text.</summary>
internal static class ClientIdentity
{
    public static SslStreamCertificateContext Create(ClientKeyPair pair)
    {
        var others = new X509Certificate2Collection();
        others.ImportFromPem(pair.CertificatePem);
        others[0].Dispose();
        others.RemoveAt(0);

        // Offline: what the text lacks is not fetched from where a certificate says.
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(pair.CertificatePem, pair.RevealPrivateKeyPem()), others, offline: true);
    }
}
