using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>TLS towards endpoints. Source: Istio ClientTLSSettings.</summary>
public sealed record ClientTLSSettingsSpec
{
    /// <summary>What is done; null with the block present: DISABLE.</summary>
    public ClientTLSMode? Mode { get; init; }

    /// <summary>File of the client's certificate, MUTUAL only.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>File of the client's key, MUTUAL only.</summary>
    public string? PrivateKey { get; init; }

    /// <summary>File of trusted certificates; null: the system's.</summary>
    public string? CaCertificates { get; init; }

    /// <summary>Name of a Secret of the workload's namespace that takes the place of the files. Acts with a <c>workloadSelector</c>, or at a gateway.</summary>
    public string? CredentialName { get; init; }

    /// <summary>Names of which the server must prove one; empty: the host of the request.</summary>
    public ModelList<string> SubjectAltNames { get; init; } = [];

    /// <summary>Server name to send; null: the host of the request.</summary>
    public string? Sni { get; init; }

    /// <summary>True skips every check of the server. Default false.</summary>
    public bool? InsecureSkipVerify { get; init; }

    /// <summary>File of revoked certificates.</summary>
    public string? CaCrl { get; init; }
}

/// <summary>Modes of <see cref="ClientTLSSettingsSpec"/>.</summary>
public enum ClientTLSMode
{
    /// <summary><c>DISABLE</c>: plain text.</summary>
    Disable,

    /// <summary><c>SIMPLE</c>: TLS.</summary>
    Simple,

    /// <summary><c>MUTUAL</c>: TLS with a client certificate.</summary>
    Mutual,

    /// <summary><c>ISTIO_MUTUAL</c>: TLS with the workload's own certificate.</summary>
    IstioMutual,
}
