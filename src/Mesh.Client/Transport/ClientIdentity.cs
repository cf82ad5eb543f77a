using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Mesh.Model;

namespace Mesh.Client.Transport;

/// <summary>Makes what a handshake presents: the client's certificate, and those that follow it in the text, without which a server may find no way to its authority.</summary>
internal static class ClientIdentity
{
    public static SslStreamCertificateContext Create(ClientKeyPair pair)
    {
        // Of a text without a certificate, or with the wrong key, this says what is wrong.
        var client = X509Certificate2.CreateFromPem(pair.CertificatePem, pair.RevealPrivateKeyPem());
        var others = new X509Certificate2Collection();
        others.ImportFromPem(pair.CertificatePem);
        others[0].Dispose();
        others.RemoveAt(0);

        // Offline: what the text lacks is not fetched from where a certificate says.
        return SslStreamCertificateContext.Create(client, others, offline: true);
    }
}
