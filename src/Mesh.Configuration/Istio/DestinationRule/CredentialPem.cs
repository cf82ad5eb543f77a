using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mesh.Configuration.Istio;

/// <summary>
/// Checks the PEM texts of a credential when it is loaded, because a handshake that fails later says little. Answers never quote a text and never pass on
/// what a parser says of it.
/// </summary>
internal static class CredentialPem
{
    private const string EncryptedKey = "ENCRYPTED PRIVATE KEY";

    /// <summary>What is wrong with a client's certificate or those that follow it; null: nothing.</summary>
    public static string? CheckCertificate(string pem) =>
        CountCertificates(pem) > 0 ? null : "is not a certificate in PEM form; it must hold the client's certificate, '-----BEGIN CERTIFICATE-----' and all";

    /// <summary>What is wrong with certificates that are to be trusted; null: nothing.</summary>
    public static string? CheckAuthorities(string pem) =>
        CountCertificates(pem) > 0 ? null : "holds no certificate in PEM form, so no server could be trusted; put in the authority's";

    /// <summary>What is wrong with the private key of a certificate that is right; null: nothing.</summary>
    public static string? CheckKey(string certificatePem, string keyPem)
    {
        if (keyPem.Contains(EncryptedKey, StringComparison.Ordinal))
        {
            return "is encrypted; put in the key without its pass phrase";
        }

        try
        {
            using var pair = X509Certificate2.CreateFromPem(certificatePem, keyPem);
            return null;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            return IsKey(keyPem) ? "is not the key of the certificate beside it; put in the two that belong together" : "is not an RSA or ECDSA private key in PEM form; put in the certificate's";
        }
    }

    /// <summary>Number of certificates; 0 also when one of them cannot be read.</summary>
    private static int CountCertificates(string pem)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
            return certificates.Count;
        }
        catch (CryptographicException)
        {
            return 0;
        }
        finally
        {
            foreach (var certificate in certificates)
            {
                certificate.Dispose();
            }
        }
    }

    private static bool IsKey(string pem)
    {
        using var rsa = RSA.Create();
        using var ecdsa = ECDsa.Create();
        return Imports(rsa, pem) || Imports(ecdsa, pem);
    }

    private static bool Imports(AsymmetricAlgorithm algorithm, string pem)
    {
        try
        {
            algorithm.ImportFromPem(pem);
            return true;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
