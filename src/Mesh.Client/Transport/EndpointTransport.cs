// hot path
namespace Mesh.Client.Transport;

/// <summary>
/// The connections to one endpoint for one kind of client. Disposing lets running responses finish and refuses new requests
/// (<see cref="ObjectDisposedException"/>, which the request path takes as "choose again").
/// </summary>
internal sealed class EndpointTransport(HttpMessageHandler handler, TransportProfile profile, TransportSettings settings, object owner, bool ownsHandler, EndpointTarget? rewrite, bool secure) : IDisposable
{
    private readonly HttpMessageInvoker _invoker = new(handler, ownsHandler);

    public TransportProfile Profile { get; } = profile;

    public TransportSettings Settings { get; } = settings;

    /// <summary>Whom it was made for, compared by reference: when the settings of its owner change, another one takes its place.</summary>
    public object Owner { get; } = owner;

    /// <summary>Where a foreign handler must be pointed to; null when the handler is pinned to its endpoint and needs no help.</summary>
    public EndpointTarget? Rewrite { get; } = rewrite;

    /// <summary>True when the connection itself is made secure here, whatever the scheme of the request.</summary>
    public bool IsSecure { get; } = secure;

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _invoker.SendAsync(request, cancellationToken);

    public void Dispose() => _invoker.Dispose();
}

/// <summary>Host and port for a handler that is not pinned.</summary>
internal sealed record EndpointTarget(string Host, int Port);
