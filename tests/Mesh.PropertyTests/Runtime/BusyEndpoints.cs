using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Mesh.Discovery;

namespace Mesh.PropertyTests.Runtime;

/// <summary>The network of many callers at once: every answer comes from another thread, and what must hold of all requests together is watched here.</summary>
internal sealed class BusyEndpoints
{
    public static readonly HttpRequestOptionsKey<CancellationTokenSource> Caller = new("caller");

    private static readonly HttpRequestOptionsKey<string> s_snapshot = new("snapshot");

    private readonly ConcurrentDictionary<string, Behavior> _behaviors = [];
    private int _retries;
    private int _mostRetries;
    private int _mostTries;

    /// <summary>A request that met two snapshots; null: there was none.</summary>
    public string? Mixed { get; private set; }

    /// <summary>The most retries that were under way at once.</summary>
    public int MostRetries => Volatile.Read(ref _mostRetries);

    /// <summary>The most tries of one request.</summary>
    public int MostTries => Volatile.Read(ref _mostTries);

    public void Behave(string address, Behavior behavior) => _behaviors[address] = behavior;

    public void Heal() => _behaviors.Clear();

    public HttpMessageHandler For(MeshEndpoint endpoint) => new Handler(this, endpoint.Address);

    private async Task<HttpResponseMessage> SendAsync(string address, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var attempt = request.Headers.NonValidated.TryGetValues("x-envoy-attempt-count", out var count) ? int.Parse(count.ToString(), CultureInfo.InvariantCulture) : 1;
        Watch(request, attempt);
        if (attempt == 1)
        {
            return await AnswerAsync(address, request, cancellationToken);
        }

        Raise(ref _mostRetries, Interlocked.Increment(ref _retries));
        try
        {
            return await AnswerAsync(address, request, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _retries);
        }
    }

    /// <summary>Rule and destination say the same number, and it stays the same over all tries.</summary>
    private void Watch(HttpRequestMessage request, int attempt)
    {
        Raise(ref _mostTries, attempt);
        var rule = request.Headers.GetValues(SimulatedService.RuleHeader).Single();
        var destination = request.Headers.GetValues(SimulatedService.DestinationHeader).Single();
        var before = request.Options.TryGetValue(s_snapshot, out var first) ? first : rule;
        request.Options.Set(s_snapshot, rule);
        if (rule != destination || rule != before)
        {
            Mixed = $"rule {rule}, destination {destination}, earlier try {before}";
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(string address, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        switch (_behaviors.GetValueOrDefault(address))
        {
            case Behavior.Refused:
                throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
            case Behavior.Reset:
                throw new HttpRequestException(HttpRequestError.Unknown, "reset", new IOException("reset"));
            case Behavior.Hold:
                // The caller gives up while the endpoint keeps its request.
                request.Options.TryGetValue(Caller, out var caller);
                await caller!.CancelAsync();
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                throw new InvalidOperationException("The caller's token did not arrive.");
            case Behavior.LongBody:
                return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new StreamContent(new BreakingStream()) };
            case Behavior.ServerError:
                return new HttpResponseMessage(HttpStatusCode.InternalServerError) { RequestMessage = request };
            default:
                return new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request };
        }
    }

    private static void Raise(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen;)
        {
            var before = Interlocked.CompareExchange(ref most, value, seen);
            if (before == seen)
            {
                return;
            }

            seen = before;
        }
    }

    private sealed class Handler(BusyEndpoints network, string address) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => network.SendAsync(address, request, cancellationToken);
    }
}
