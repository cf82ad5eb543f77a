using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>What a <c>credentialName</c> comes to.</summary>
internal sealed record ClientCredential
{
    /// <summary>The client's certificate and key, when the mode asks for them.</summary>
    public ClientKeyPair? KeyPair { get; init; }

    /// <summary>The authorities that are trusted; null: the system's.</summary>
    public string? CaCertificatesPem { get; init; }

    /// <summary>Why it cannot be used, and what to do; no connection may be opened without it. Null: it can be used.</summary>
    public string? Refusal { get; init; }

    /// <summary>True when the refusal is the fault of a Secret that is there, and has been said of it.</summary>
    public bool IsSecretsFault { get; init; }
}
