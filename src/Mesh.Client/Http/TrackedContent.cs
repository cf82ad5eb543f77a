using System.Net;

namespace Mesh.Client.Http;

/// <summary>
/// A response body that tells when it has ended: read to its end, disposed, or broken. Used only where the end matters: the load of an endpoint while a long
/// or unknown body runs, a gRPC status in trailers, a time limit that covers the body (ENVOY §12: the route's time runs until the whole response has arrived).
/// </summary>
internal sealed class TrackedContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly MeshCall _call;

    public TrackedContent(HttpContent inner, MeshCall call)
    {
        _inner = inner;
        _call = call;
        foreach (var header in inner.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(header.Key, header.Value);
        }
    }

    protected override async Task<Stream> CreateContentReadStreamAsync() => new TrackedStream(await _inner.ReadAsStreamAsync().ConfigureAwait(false), _call);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        new TrackedStream(await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), _call);

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => new TrackedStream(_inner.ReadAsStream(cancellationToken), _call);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // The tracked stream does the bookkeeping; disposing it at the end reports the body as done.
        var source = new TrackedStream(await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), _call);
        await using (source.ConfigureAwait(false))
        {
            await source.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
        }
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var source = new TrackedStream(_inner.ReadAsStream(cancellationToken), _call);
        source.CopyTo(stream);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? -1;
        return length >= 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            _call.OnBodyEnded();
        }

        base.Dispose(disposing);
    }
}
