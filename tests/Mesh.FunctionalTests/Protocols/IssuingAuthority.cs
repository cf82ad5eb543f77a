using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Mesh.FunctionalTests.Protocols;

/// <summary>An authority below another one: who trusts that one trusts what this one issues, if it is shown this one's certificate.</summary>
internal sealed class IssuingAuthority : IDisposable
{
    private readonly X509Certificate2 _root;

    public IssuingAuthority(X509Certificate2 root)
    {
        _root = root;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=issuing", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var bare = request.Create(_root, _root.NotBefore, _root.NotAfter, [1, 2, 3]);
        Certificate = bare.CopyWithPrivateKey(key);
    }

    public X509Certificate2 Certificate { get; }

    public X509Certificate2 Issue(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var bare = request.Create(Certificate, _root.NotBefore, _root.NotAfter, [4, 5, (byte)name.Length]);
        using var withKey = bare.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>True when the certificate leads to the root with nothing but what was shown along with it.</summary>
    public bool Trusts(X509Certificate2 shown, X509Certificate2Collection along)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_root);
        chain.ChainPolicy.ExtraStore.AddRange(along);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(shown);
    }

    public void Dispose() => Certificate.Dispose();
}
