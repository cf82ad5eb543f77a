namespace Mesh.Testing;

/// <summary>What a port of a <see cref="LoopbackServer"/> speaks.</summary>
public enum LoopbackProtocol
{
    /// <summary>HTTP/1.1 in plain text.</summary>
    Http1,

    /// <summary>HTTP/2 in plain text with prior knowledge (h2c); an HTTP/1.1 request is refused.</summary>
    H2c,

    /// <summary>HTTP/1.1 and HTTP/2 over TLS, chosen by ALPN.</summary>
    Https,
}
