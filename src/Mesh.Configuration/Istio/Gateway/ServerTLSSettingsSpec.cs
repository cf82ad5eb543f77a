using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>TLS of a listener. Source: Istio ServerTLSSettings.</summary>
public sealed record ServerTLSSettingsSpec
{
    /// <summary>True answers plain text with a redirect to https. Default false.</summary>
    public bool? HttpsRedirect { get; init; }

    /// <summary>What is done. Default PASSTHROUGH.</summary>
    public ServerTLSMode? Mode { get; init; }

    /// <summary>File of the server's certificate.</summary>
    public string? ServerCertificate { get; init; }

    /// <summary>File of the server's key.</summary>
    public string? PrivateKey { get; init; }

    /// <summary>File of the certificates that clients are checked with.</summary>
    public string? CaCertificates { get; init; }

    /// <summary>File of revoked certificates.</summary>
    public string? CaCrl { get; init; }

    /// <summary>Name of a credential instead of files.</summary>
    public string? CredentialName { get; init; }

    /// <summary>Up to two credentials, one RSA and one ECDSA.</summary>
    public ModelList<string> CredentialNames { get; init; } = [];

    /// <summary>Name of a credential that holds only the certificates for clients.</summary>
    public string? CaCertCredentialName { get; init; }

    /// <summary>Certificates as files.</summary>
    public ModelList<TLSCertificateSpec> TlsCertificates { get; init; } = [];

    /// <summary>Names of which a client must prove one.</summary>
    public ModelList<string> SubjectAltNames { get; init; } = [];

    /// <summary>Pinned key hashes.</summary>
    public ModelList<string> VerifyCertificateSpki { get; init; } = [];

    /// <summary>Pinned certificate hashes.</summary>
    public ModelList<string> VerifyCertificateHash { get; init; } = [];

    /// <summary>Lowest version. Default TLS 1.2.</summary>
    public TLSProtocol? MinProtocolVersion { get; init; }

    /// <summary>Highest version. Default TLS 1.3.</summary>
    public TLSProtocol? MaxProtocolVersion { get; init; }

    /// <summary>Ciphers up to TLS 1.2.</summary>
    public ModelList<string> CipherSuites { get; init; } = [];

    /// <summary>True skips the check of client certificates against a CA. Default false.</summary>
    public bool? InsecureSkipVerify { get; init; }
}

/// <summary>A certificate as files. Source: Istio ServerTLSSettings.TLSCertificate.</summary>
public sealed record TLSCertificateSpec
{
    /// <summary>File of the certificate.</summary>
    public string? ServerCertificate { get; init; }

    /// <summary>File of the key.</summary>
    public string? PrivateKey { get; init; }

    /// <summary>File of trusted certificates.</summary>
    public string? CaCertificates { get; init; }
}

/// <summary>Modes of <see cref="ServerTLSSettingsSpec"/>.</summary>
public enum ServerTLSMode
{
    /// <summary><c>PASSTHROUGH</c>.</summary>
    PassThrough,

    /// <summary><c>SIMPLE</c>.</summary>
    Simple,

    /// <summary><c>MUTUAL</c>.</summary>
    Mutual,

    /// <summary><c>AUTO_PASSTHROUGH</c>.</summary>
    AutoPassThrough,

    /// <summary><c>ISTIO_MUTUAL</c>.</summary>
    IstioMutual,

    /// <summary><c>OPTIONAL_MUTUAL</c>.</summary>
    OptionalMutual,
}

/// <summary>TLS versions, in order.</summary>
public enum TLSProtocol
{
    /// <summary><c>TLS_AUTO</c>.</summary>
    Auto,

    /// <summary><c>TLSV1_0</c>.</summary>
    Tls10,

    /// <summary><c>TLSV1_1</c>.</summary>
    Tls11,

    /// <summary><c>TLSV1_2</c>.</summary>
    Tls12,

    /// <summary><c>TLSV1_3</c>.</summary>
    Tls13,
}
