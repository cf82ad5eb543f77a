using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mesh.Testing;

/// <summary>
/// A certificate authority that lives in memory: issues server and client certificates and tells clients to trust it and nobody else.
/// Keys are ECDSA P-256; everything is valid for thirty days, from a day before the authority was created.
/// </summary>
public sealed class TestCertificates : IDisposable
{
    private readonly TimeProvider _clock;

    /// <summary>Creates an authority with a new key.</summary>
    /// <param name="name">Its common name.</param>
    /// <param name="clock">Where validity starts from; null: the system's clock.</param>
    public TestCertificates(string name = "Mesh test authority", TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = _clock.GetUtcNow();
        Authority = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(29));
    }

    /// <summary>The authority's own certificate with its key. Owned by this object.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>Issues a certificate for servers and clients. The caller disposes of it.</summary>
    /// <param name="names">
    /// Subject alternative names: DNS names, IP addresses, or URIs such as <c>spiffe://cluster.local/ns/default/sa/shop</c>. At least one.
    /// </param>
    public X509Certificate2 Issue(params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfZero(names.Length);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=mesh-test", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(AlternativeNames(names));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Authority, true, false));

        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7F; // serial numbers are positive integers
        using var bare = request.Create(Authority, Authority.NotBefore, Authority.NotAfter, serial);
        using var withKey = bare.CopyWithPrivateKey(key);

        // Through PKCS#12, because SslStream on Windows refuses ephemeral keys.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>True when the certificate was issued by this authority and is valid now. Names are not compared.</summary>
    /// <param name="certificate">What the peer showed; null is not trusted.</param>
    public bool Trusts(X509Certificate? certificate)
    {
        if (certificate is null)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = _clock.GetUtcNow().UtcDateTime;
        if (certificate is X509Certificate2 full)
        {
            return chain.Build(full);
        }

        using var loaded = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(loaded);
    }

    /// <summary>Makes a handler trust this authority and nobody else; names are still checked against the URI.</summary>
    /// <param name="handler">A handler that has not been used yet.</param>
    public void TrustIn(SocketsHttpHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
            (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0 && Trusts(certificate);
    }

    /// <summary>Disposes of the authority; certificates it issued stay usable.</summary>
    public void Dispose() => Authority.Dispose();

    private static X509Extension AlternativeNames(string[] names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                builder.AddIpAddress(address);
            }
            else if (name.Contains("://", StringComparison.Ordinal))
            {
                builder.AddUri(new Uri(name));
            }
            else
            {
                builder.AddDnsName(name);
            }
        }

        return builder.Build();
    }
}
