using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Mesh.Configuration.Analysis;

/// <summary>Checks the certificate of a Secret. Source: Istio takes <c>cert</c> and <c>key</c>, or <c>tls.crt</c> and <c>tls.key</c>.</summary>
internal static class SecretCertificate
{
    /// <summary>What is wrong with it; null when it can be used now.</summary>
    public static string? Check(AnalysisDocument secret, DateTimeOffset now)
    {
        var certificate = Has(secret, "cert") && Has(secret, "key") ? Value(secret, "cert")
            : Has(secret, "tls.crt") && Has(secret, "tls.key") ? Value(secret, "tls.crt") : null;
        if (certificate is null)
        {
            return "lacks 'tls.crt' and 'tls.key' (or 'cert' and 'key')";
        }

        try
        {
            using var leaf = X509Certificate2.CreateFromPem(certificate);
            return now < leaf.NotBefore.ToUniversalTime() ? $"has a certificate that is valid only from {leaf.NotBefore:yyyy-MM-dd} on"
                : now > leaf.NotAfter.ToUniversalTime() ? $"has a certificate that expired on {leaf.NotAfter:yyyy-MM-dd}"
                : null;
        }
        catch (CryptographicException)
        {
            return "has a certificate that cannot be read as PEM";
        }
    }

    private static bool Has(AnalysisDocument secret, string key) =>
        secret.Root.Text("data", key) is { Length: > 0 } || secret.Root.Text("stringData", key) is { Length: > 0 };

    private static string Value(AnalysisDocument secret, string key)
    {
        if (secret.Root.Text("stringData", key) is { Length: > 0 } text)
        {
            return text;
        }

        var encoded = secret.Root.Text("data", key) ?? "";
        var buffer = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded, buffer, out var length) ? Encoding.UTF8.GetString(buffer, 0, length) : "";
    }
}
