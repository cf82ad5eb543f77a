using Mesh.Configuration.Kubernetes;

namespace Mesh.Configuration.Istio;

/// <summary>
/// Under which keys a Secret holds what TLS needs: the short names first, then those of Secrets of type <c>kubernetes.io/tls</c>; a key whose value is empty
/// counts as absent. Source: Istio credentials ExtractCertInfo, ExtractRoot.
/// </summary>
internal static class CredentialKeys
{
    /// <summary>Appended to a credential's name: a Secret of this name holds the authorities when the certificate's own Secret is not to.</summary>
    public const string AuthoritySuffix = "-cacert";

    private static readonly (string Certificate, string Key)[] s_pairs = [("cert", "key"), ("tls.crt", "tls.key")];
    private static readonly (string Authorities, string Revoked)[] s_authorities = [("cacert", "crl"), ("ca.crt", "ca.crl")];

    /// <summary>Keys of the client's certificate and of its private key; null when the Secret has neither pair whole.</summary>
    public static (string Certificate, string Key)? Pair(SecretSpec secret)
    {
        foreach (var pair in s_pairs)
        {
            if (secret.Text(pair.Certificate) is not null && secret.Text(pair.Key) is not null)
            {
                return pair;
            }
        }

        return null;
    }

    /// <summary>Keys of the authorities that are trusted and of what they revoked, which may be absent; null when the Secret has no authorities.</summary>
    public static (string Authorities, string Revoked)? Trust(SecretSpec secret)
    {
        foreach (var keys in s_authorities)
        {
            if (secret.Text(keys.Authorities) is not null)
            {
                return keys;
            }
        }

        return null;
    }
}
