using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Mesh.Model;

namespace Mesh.Client.Transport;

/// <summary>
/// TLS that the mesh originates towards an endpoint. Source: Istio ClientTLSSettings: SNI, trusted roots, client certificate, accepted names.
/// Certificates in files are read when a connection is opened, so a renewed file is used from the next connection on; those that came with the configuration
/// are read once, since others come with other settings. Every check fails closed.
/// </summary>
internal sealed class TlsContext(ClientTls settings, string? serverName)
{
    private static readonly List<SslApplicationProtocol> s_http11 = [SslApplicationProtocol.Http11];
    private static readonly List<SslApplicationProtocol> s_http2 = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11];

    private SslStreamCertificateContext? _identity;

    /// <summary>Why no connection may be opened; null: it may. A document that asks for TLS never ends in plain text, nor mutual TLS in one-sided.</summary>
    public string? Refusal { get; } = settings switch
    {
        { Refusal: { } refusal } => refusal,
        { Mode: ClientTlsMode.IstioMutual } => "tls.mode ISTIO_MUTUAL needs mesh certificates, which are not there yet. Use MUTUAL with files or a credentialName, SIMPLE or DISABLE.",
        { Mode: ClientTlsMode.Mutual, ClientCertificate: null, ClientKeyPair: null } => "tls.mode MUTUAL needs a client certificate, and the policy has none.",
        _ => null,
    };

    public async ValueTask<Stream> AuthenticateAsync(Stream inner, SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = settings.Sni ?? serverName ?? context.DnsEndPoint.Host;
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            ApplicationProtocols = context.InitialRequestMessage.Version.Major >= 2 ? s_http2 : s_http11,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        };

        if (settings.ClientKeyPair is { } pair)
        {
            // Connections that open at the same time may each make one, and one of them stays.
            options.ClientCertificateContext = _identity ??= ClientIdentity.Create(pair);
        }
        else if (settings.ClientCertificate is { } certificate)
        {
            var text = await File.ReadAllTextAsync(certificate, cancellationToken).ConfigureAwait(false);
            var key = settings.PrivateKey is null ? text : await File.ReadAllTextAsync(settings.PrivateKey, cancellationToken).ConfigureAwait(false);
            options.ClientCertificateContext = ClientIdentity.Create(new ClientKeyPair(text, key));
        }

        if (settings.InsecureSkipVerify || settings.CaCertificates is not null || settings.CaCertificatesPem is not null || settings.SubjectAltNames.Count > 0)
        {
            var roots = settings.CaCertificatesPem is { } pem ? ReadRoots(pem) : settings.CaCertificates is null ? null : LoadRoots(settings.CaCertificates);
            options.RemoteCertificateValidationCallback = (_, presented, chain, errors) => settings.InsecureSkipVerify || Accepts(presented as X509Certificate2, chain, host, roots, errors);
        }

        var stream = new SslStream(inner, leaveInnerStreamOpen: false);
        try
        {
            await stream.AuthenticateAsClientAsync(options, cancellationToken).ConfigureAwait(false);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private bool Accepts(X509Certificate2? presented, X509Chain? given, string host, X509Certificate2Collection? roots, SslPolicyErrors errors)
    {
        if (presented is null)
        {
            return false;
        }

        if (roots is null ? (errors & SslPolicyErrors.RemoteCertificateChainErrors) != 0 : !IsChainedTo(presented, given, roots))
        {
            return false;
        }

        return settings.SubjectAltNames.Count == 0 ? presented.MatchesHostname(host) : HasAcceptedName(presented);
    }

    private static bool IsChainedTo(X509Certificate2 presented, X509Chain? given, X509Certificate2Collection roots)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;

        // What the server sent along may lead to a root; by itself it is trusted no more than the server.
        if (given is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(given.ChainPolicy.ExtraStore);
        }

        return chain.Build(presented);
    }

    private bool HasAcceptedName(X509Certificate2 presented)
    {
        foreach (var extension in presented.Extensions)
        {
            if (extension is not X509SubjectAlternativeNameExtension names)
            {
                continue;
            }

            foreach (var accepted in settings.SubjectAltNames)
            {
                if (accepted.Contains("://", StringComparison.Ordinal) ? SubjectUris.Of(names).Contains(accepted, StringComparer.Ordinal) : names.EnumerateDnsNames().Contains(accepted, StringComparer.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Without any certificate nobody is trusted.</summary>
    private static X509Certificate2Collection ReadRoots(string pem)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(pem);
        return roots;
    }

    private static X509Certificate2Collection LoadRoots(string file)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(file);
        return roots.Count > 0 ? roots : throw new AuthenticationException($"'{file}' holds no certificate. caCertificates must name a PEM file with at least one.");
    }
}
