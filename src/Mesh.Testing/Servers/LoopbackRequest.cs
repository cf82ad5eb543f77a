namespace Mesh.Testing;

/// <summary>What a <see cref="LoopbackServer"/> got: one request, its body read to the end.</summary>
public sealed record LoopbackRequest
{
    /// <summary>Name of the instance that got it.</summary>
    public required string Instance { get; init; }

    /// <summary><c>HTTP/1.1</c> or <c>HTTP/2</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>Its method.</summary>
    public required string Method { get; init; }

    /// <summary>Path and query exactly as they came over the wire.</summary>
    public required string Target { get; init; }

    /// <summary>The Host header or <c>:authority</c>.</summary>
    public required string Authority { get; init; }

    /// <summary>Its headers; several values are joined with a comma. Names compare without case.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Its body. Empty as well where the behaviour at the time reads none (<see cref="LoopbackBehavior.BlackHole"/> and the resets).</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Tells connections of one server apart.</summary>
    public required string ConnectionId { get; init; }
}
