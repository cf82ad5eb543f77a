using System.Security.Cryptography;
using System.Text;

namespace Mesh.Model;

/// <summary>
/// A client's certificate and its private key, as PEM text. They come with the configuration (a Secret) instead of in files and live in memory alone.
/// The key is no property, so nothing that walks or prints the model (a log, a serializer, a debugger's dump) meets it. Compares by content.
/// </summary>
public sealed class ClientKeyPair : IEquatable<ClientKeyPair>
{
    private readonly string _privateKeyPem;
    private readonly byte[] _content;

    /// <summary>Creates the pair. Whether it is one is for whoever reads the texts to check.</summary>
    /// <param name="certificatePem">The client's certificate, followed by those that link it to its authority, if any.</param>
    /// <param name="privateKeyPem">The certificate's private key, not encrypted.</param>
    public ClientKeyPair(string certificatePem, string privateKeyPem)
    {
        ArgumentNullException.ThrowIfNull(certificatePem);
        ArgumentNullException.ThrowIfNull(privateKeyPem);
        (CertificatePem, _privateKeyPem) = (certificatePem, privateKeyPem);

        // The length divides the two: no other pair of texts has this content.
        _content = SHA256.HashData(Encoding.UTF8.GetBytes($"{certificatePem.Length}:{certificatePem}{privateKeyPem}"));
    }

    /// <summary>The client's certificate, followed by those that link it to its authority, if any.</summary>
    public string CertificatePem { get; }

    /// <summary>The private key, for who opens connections. Never write it anywhere.</summary>
    /// <returns>PEM text.</returns>
    public string RevealPrivateKeyPem() => _privateKeyPem;

    /// <inheritdoc/>
    public bool Equals(ClientKeyPair? other) => other is not null && CryptographicOperations.FixedTimeEquals(_content, other._content);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ClientKeyPair);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(_content);

    /// <summary>Says that there is one, and nothing of it.</summary>
    public override string ToString() => "(certificate and key)";
}
