using System.Net;
using System.Text;

namespace Mesh.Testing;

/// <summary>
/// One answer in the script of an endpoint: a status, or a way to fail. Immutable; the <c>With…</c> methods and <see cref="After"/>
/// return changed copies. Failures have the exception types, error codes and inner exceptions of a real SocketsHttpHandler.
/// </summary>
public sealed class ScriptedAnswer
{
    private readonly Func<HttpRequestMessage, HttpResponseMessage> _produce;
    private readonly TimeSpan _delay;
    private readonly SyncPoint? _point;
    private readonly Action<HttpResponseMessage>? _dress;

    private ScriptedAnswer(
        Func<HttpRequestMessage, HttpResponseMessage> produce,
        bool readsRequest = true,
        TimeSpan delay = default,
        SyncPoint? point = null,
        Action<HttpResponseMessage>? dress = null)
    {
        _produce = produce;
        ReadsRequest = readsRequest;
        _delay = delay;
        _point = point;
        _dress = dress;
    }

    /// <summary>Nobody listens: <see cref="HttpRequestError.ConnectionError"/> over <c>ConnectionRefused</c>. The body is not read.</summary>
    public static ScriptedAnswer ConnectionRefused { get; } = new(static _ => throw TransportFaults.ConnectionRefused(), readsRequest: false);

    /// <summary>The name does not resolve: <see cref="HttpRequestError.NameResolutionError"/>. The body is not read.</summary>
    public static ScriptedAnswer NameNotResolved { get; } = new(static _ => throw TransportFaults.NameNotResolved(), readsRequest: false);

    /// <summary>The connect time-out of the handler ran out: <see cref="TaskCanceledException"/> over <see cref="TimeoutException"/>.</summary>
    public static ScriptedAnswer ConnectTimeout { get; } = new(static _ => throw TransportFaults.ConnectTimeout(), readsRequest: false);

    /// <summary>The connection is reset before any answer.</summary>
    public static ScriptedAnswer Reset { get; } = new(static _ => throw TransportFaults.Reset());

    /// <summary>The connection is closed before any answer: <see cref="HttpRequestError.ResponseEnded"/>.</summary>
    public static ScriptedAnswer ConnectionClosed { get; } = new(static _ => throw TransportFaults.ResponseEnded());

    /// <summary>HTTP/2 REFUSED_STREAM: the server says that it did not process the request.</summary>
    public static ScriptedAnswer StreamRefused { get; } = new(static _ => throw TransportFaults.StreamReset(7));

    /// <summary>No answer ever; ends only when the request is cancelled.</summary>
    public static ScriptedAnswer Never { get; } = new(static _ => throw new InvalidOperationException(), delay: Timeout.InfiniteTimeSpan);

    /// <summary>False when the failure comes before the request could be sent.</summary>
    internal bool ReadsRequest { get; }

    /// <summary>A response.</summary>
    /// <param name="status">Its status code.</param>
    /// <param name="body">Its body as UTF-8 text; null: none.</param>
    public static ScriptedAnswer Status(int status, string? body = null) => new(request => new HttpResponseMessage((HttpStatusCode)status)
    {
        RequestMessage = request,
        Version = request.Version,
        Content = body is null ? new ByteArrayContent([]) : new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
    });

    /// <summary>A 200 whose body breaks off with a reset.</summary>
    /// <param name="bytes">Bytes that still arrive.</param>
    public static ScriptedAnswer ResetAfter(int bytes) => new(request => new HttpResponseMessage(HttpStatusCode.OK)
    {
        RequestMessage = request,
        Version = request.Version,
        Content = new StreamContent(new BrokenStream(bytes)),
    });

    /// <summary>An HTTP/2 RST_STREAM before any answer.</summary>
    /// <param name="errorCode">Its code, RFC 9113 §7; 7 is REFUSED_STREAM, 8 CANCEL, 2 INTERNAL_ERROR.</param>
    public static ScriptedAnswer StreamReset(long errorCode) => new(_ => throw TransportFaults.StreamReset(errorCode));

    /// <summary>Any exception; made anew for each request.</summary>
    /// <param name="exception">Makes it.</param>
    public static ScriptedAnswer Throw(Func<Exception> exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new(_ => throw exception());
    }

    /// <summary>Any response computed from the request.</summary>
    /// <param name="respond">Computes it.</param>
    public static ScriptedAnswer From(Func<HttpRequestMessage, HttpResponseMessage> respond)
    {
        ArgumentNullException.ThrowIfNull(respond);
        return new(respond);
    }

    /// <summary>The same answer, given later.</summary>
    /// <param name="delay">How much later, by the transport's clock.</param>
    public ScriptedAnswer After(TimeSpan delay) => new(_produce, ReadsRequest, delay, _point, _dress);

    /// <summary>The same answer, held back until the point is released; after the delay, if there is one.</summary>
    /// <param name="point">Where the request waits.</param>
    public ScriptedAnswer HeldAt(SyncPoint point) => new(_produce, ReadsRequest, _delay, point, _dress);

    /// <summary>The same response with one more header.</summary>
    /// <param name="name">Name.</param>
    /// <param name="value">Value.</param>
    public ScriptedAnswer WithHeader(string name, string value) => Dressed(response =>
    {
        if (!response.Headers.TryAddWithoutValidation(name, value))
        {
            response.Content.Headers.TryAddWithoutValidation(name, value);
        }
    });

    /// <summary>The same response with one more trailer.</summary>
    /// <param name="name">Name.</param>
    /// <param name="value">Value.</param>
    public ScriptedAnswer WithTrailer(string name, string value) =>
        Dressed(response => response.TrailingHeaders.TryAddWithoutValidation(name, value));

    internal async Task<HttpResponseMessage> GiveAsync(HttpRequestMessage request, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (_delay != TimeSpan.Zero)
        {
            await Task.Delay(_delay, clock, cancellationToken).ConfigureAwait(false);
        }

        if (_point is not null)
        {
            await _point.ReachAsync(cancellationToken).ConfigureAwait(false);
        }

        var response = _produce(request);
        _dress?.Invoke(response);
        return response;
    }

    private ScriptedAnswer Dressed(Action<HttpResponseMessage> dress) => new(_produce, ReadsRequest, _delay, _point, _dress + dress);
}
