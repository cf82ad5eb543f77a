using System.Collections.Concurrent;

namespace Mesh.Testing;

/// <summary>
/// A network made of a script: each endpoint (<c>host:port</c>) answers its requests with the answers written for it, in their order;
/// the last one repeats. An endpoint without a script answers 200. Every request is recorded. Thread-safe.
/// </summary>
/// <remarks>
/// Used as a handler itself, the endpoint is the authority of the request's URI; <see cref="For"/> gives a handler that is pinned to
/// one endpoint whatever the URI says, which is what a transport factory of the mesh hands out.
/// </remarks>
/// <example>
/// <code>
/// var network = new ScriptedTransport(clock);
/// network.Script("10.0.0.1:8080", ScriptedAnswer.ConnectionRefused, ScriptedAnswer.Status(200).After(TimeSpan.FromMilliseconds(5)));
/// </code>
/// </example>
public sealed class ScriptedTransport : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, EndpointScript> _scripts = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<ScriptedRequest> _requests = new();
    private readonly TimeProvider _clock;

    /// <summary>Creates a network without scripts.</summary>
    /// <param name="clock">Times the delays of answers and stamps the records.</param>
    public ScriptedTransport(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        _clock = clock;
    }

    /// <summary>All requests so far, in the order in which they arrived.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. _requests];

    /// <summary>The requests one endpoint got, in order.</summary>
    /// <param name="endpoint"><c>host:port</c>.</param>
    public IReadOnlyList<ScriptedRequest> RequestsTo(string endpoint) =>
        [.. _requests.Where(r => string.Equals(r.Endpoint, endpoint, StringComparison.OrdinalIgnoreCase))];

    /// <summary>Replaces the script of an endpoint.</summary>
    /// <param name="endpoint"><c>host:port</c>.</param>
    /// <param name="answers">Its answers in order; the last repeats.</param>
    public void Script(string endpoint, params ScriptedAnswer[] answers)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpoint);
        ArgumentNullException.ThrowIfNull(answers);
        _scripts[endpoint] = new EndpointScript(answers);
    }

    /// <summary>A handler all of whose requests go to one endpoint; disposing of it has no effect on the network.</summary>
    /// <param name="endpoint"><c>host:port</c>.</param>
    public HttpMessageHandler For(string endpoint)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpoint);
        return new PinnedScript(this, endpoint);
    }

    /// <inheritdoc />
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var uri = request.RequestUri ?? throw new InvalidOperationException("The request has no URI.");
        return AnswerAsync($"{uri.IdnHost}:{uri.Port}", request, cancellationToken);
    }

    private async Task<HttpResponseMessage> AnswerAsync(string endpoint, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answer = _scripts.TryGetValue(endpoint, out var script) ? script.Next() : ScriptedAnswer.Status(200);

        // A refused connection never saw the request's body; reading it would make a one-shot body unusable for the retry.
        var body = answer.ReadsRequest ? await ReadBodyAsync(request, cancellationToken).ConfigureAwait(false) : [];
        _requests.Enqueue(ScriptedRequest.From(endpoint, request, body, _clock.GetUtcNow()));
        return await answer.GiveAsync(request, _clock, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<byte[]> ReadBodyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is null)
        {
            return [];
        }

        // CopyTo, not ReadAsByteArray: as on a real connection the content is serialized again for each try, not buffered by us.
        using var copy = new MemoryStream();
        await request.Content.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
        return copy.ToArray();
    }

    private sealed class PinnedScript(ScriptedTransport network, string endpoint) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            network.AnswerAsync(endpoint, request, cancellationToken);
    }

    private sealed class EndpointScript(ScriptedAnswer[] answers)
    {
        private int _next = -1;

        public ScriptedAnswer Next() =>
            answers.Length == 0 ? ScriptedAnswer.Status(200) : answers[Math.Min(Interlocked.Increment(ref _next), answers.Length - 1)];
    }
}
