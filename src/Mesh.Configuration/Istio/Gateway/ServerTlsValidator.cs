using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Checks TLS of a listener: which certificates each mode needs, and which it excludes. Source: Istio validateTLSOptions.</summary>
internal static class ServerTlsValidator
{
    public static void Validate(FieldScope at, ServerTLSSettingsSpec tls)
    {
        var mode = tls.Mode ?? ServerTLSMode.PassThrough;
        var byName = tls.CredentialName is not null || tls.CredentialNames.Count > 0;
        var hasFiles = tls.ServerCertificate is not null || tls.PrivateKey is not null || tls.TlsCertificates.Count > 0;
        Ciphers(at["cipherSuites"], tls);
        if (tls.MinProtocolVersion is TLSProtocol.Tls10 or TLSProtocol.Tls11 && tls.CipherSuites.Count == 0)
        {
            at["minProtocolVersion"].Warning("TLS below 1.2 has no cipher among the defaults; list cipherSuites, or raise it");
        }

        if (tls.MinProtocolVersion > tls.MaxProtocolVersion && tls.MaxProtocolVersion is not TLSProtocol.Auto)
        {
            at["minProtocolVersion"].LoadError("is higher than maxProtocolVersion");
        }

        if (tls.CredentialName is not null && tls.CredentialNames.Count > 0)
        {
            at["credentialNames"].Error("only one of 'credentialName' and 'credentialNames' may be set");
        }

        if (tls.CredentialNames.Count > 2)
        {
            at["credentialNames"].Error("at most two, one RSA and one ECDSA");
        }

        switch (mode)
        {
            case ServerTLSMode.IstioMutual:
                if (hasFiles || byName || tls.CaCertificates is not null || tls.CaCrl is not null)
                {
                    at.Error("ISTIO_MUTUAL uses the workload's own certificate; remove files and credentials");
                }

                return;
            case ServerTLSMode.PassThrough or ServerTLSMode.AutoPassThrough:
                if (hasFiles || byName || tls.CaCertificates is not null || tls.CaCrl is not null)
                {
                    at.Warning("passes TLS through, so certificates are not used; set a mode, or remove them");
                }

                return;
            default:
                Certificates(at, tls, mode, byName);
                return;
        }
    }

    private static void Certificates(FieldScope at, ServerTLSSettingsSpec tls, ServerTLSMode mode, bool byName)
    {
        var checksClients = mode is ServerTLSMode.Mutual or ServerTLSMode.OptionalMutual;
        if (byName)
        {
            if (tls.ServerCertificate is not null || tls.TlsCertificates.Count > 0)
            {
                at["credentialName"].Error("replaces the files; remove them");
            }

            return;
        }

        if (tls.CaCrl is not null && !checksClients)
        {
            at["caCrl"].Error("only modes that check clients use a revocation list; remove it, or use MUTUAL");
        }

        if (tls.TlsCertificates.Count > 0)
        {
            Files(at, tls);
        }
        else
        {
            Missing(at["serverCertificate"], tls.ServerCertificate, "needs the file of a certificate, or a credentialName");
            Missing(at["privateKey"], tls.PrivateKey, "needs the file of a private key, or a credentialName");
        }

        if (checksClients && tls.CaCertificates is null && tls.CaCertCredentialName is null && !tls.TlsCertificates.Any(static c => c.CaCertificates is not null))
        {
            at["caCertificates"].Error("MUTUAL needs the certificates that clients are checked with");
        }
    }

    private static void Files(FieldScope at, ServerTLSSettingsSpec tls)
    {
        if (tls.ServerCertificate is not null || tls.PrivateKey is not null)
        {
            at["tlsCertificates"].Error("replaces 'serverCertificate' and 'privateKey'; keep one of the two");
        }

        if (tls.TlsCertificates.Count > 2)
        {
            at["tlsCertificates"].Warning("only the first two are used, one RSA and one ECDSA");
        }

        for (var i = 0; i < tls.TlsCertificates.Count; i++)
        {
            Missing(at["tlsCertificates"][i]["serverCertificate"], tls.TlsCertificates[i].ServerCertificate, "needs the file of a certificate");
            Missing(at["tlsCertificates"][i]["privateKey"], tls.TlsCertificates[i].PrivateKey, "needs the file of a private key");
        }
    }

    private static void Ciphers(FieldScope at, ServerTLSSettingsSpec tls)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < tls.CipherSuites.Count; i++)
        {
            if (!CipherSuites.IsKnown(tls.CipherSuites[i]))
            {
                at[i].Warning($"'{tls.CipherSuites[i]}' is not a cipher suite and is ignored");
            }
            else if (!seen.Add(tls.CipherSuites[i]))
            {
                at[i].Warning($"'{tls.CipherSuites[i]}' is listed twice");
            }
        }
    }

    private static void Missing(FieldScope at, string? value, string message)
    {
        if (value is null)
        {
            at.Error(message);
        }
    }
}
