// How one service finds its endpoints among several sources:
// 1. Sources are asked in order; the first that knows the service feeds it, and those after it are stopped.
// 2. Those before it stay watched: when one of them comes to know the service, it takes over.
// 3. When the feeding source no longer knows the service the next one is asked; until that one answers the last list stays.
// 4. A source that fails has not said no: later ones are not asked in its place, because other endpoints may be wrong ones.
//    What it said before still stands. With nothing said, the wait for a first result ends all the same, as the warming of an
//    Envoy STRICT_DNS cluster ends with a failed resolution, so requests fail at once instead of hanging.
// 5. When no source knows the service any more, the last list stays and the status tells.
using Mesh.Discovery;
using Mesh.Model;
using Microsoft.Extensions.Logging;

namespace Mesh.Client.Discovery;

/// <summary>
/// Drives endpoint sources for one service and hands on the lists they give. Lists are handed on one at a time: the first inside
/// <see cref="Start"/> when a source has it at hand, the others from the thread pool.
/// </summary>
internal sealed partial class EndpointSubscription : IAsyncDisposable
{
    private readonly ServiceQuery _query;
    private readonly IReadOnlyList<IEndpointSource> _sources;
    private readonly DiscoveryContext _context;
    private readonly ILogger _logger;
    private readonly DebouncedEndpointUpdates _updates;
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Only the thread that is evaluating touches these two.
    private readonly SourceWatch?[] _watches;
    private readonly List<Task> _stopping = [];

    private volatile SubscriptionStatus _status = new(SubscriptionState.Pending);
    private volatile bool _disposed;
    private int _evaluations;

    /// <param name="query">The service that is wanted.</param>
    /// <param name="sources">The sources in the order in which they are asked.</param>
    /// <param name="context">Clock, randomness, log.</param>
    /// <param name="onEndpoints">Takes each new list; must be quick and must not wait for anything.</param>
    public EndpointSubscription(ServiceQuery query, IReadOnlyList<IEndpointSource> sources, DiscoveryContext context, Action<ModelList<MeshEndpoint>> onEndpoints)
    {
        _query = query;
        _sources = sources;
        _context = context;
        _logger = context.Logger;
        _watches = new SourceWatch?[sources.Count];
        _updates = new DebouncedEndpointUpdates(context.Time, endpoints => HandOn(endpoints, onEndpoints));
    }

    /// <summary>Completes when the first list has been handed on or a first attempt has failed; <see cref="Status"/> says which. Never faults.</summary>
    public Task FirstResult => _first.Task;

    /// <summary>How things stand.</summary>
    public SubscriptionStatus Status => _status;

    /// <summary>
    /// Starts. A source that answers without waiting (configuration, static) has been handed on when this returns.
    /// The watch outlives its caller, so it inherits neither the caller's execution context (activity, async locals) nor its
    /// synchronization context, in which a source that awaits without <c>ConfigureAwait(false)</c> would be caught.
    /// </summary>
    public void Start()
    {
        var synchronization = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            using (ExecutionContext.SuppressFlow())
            {
                Evaluate();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(synchronization);
        }
    }

    /// <summary>Stops all sources and waits for them; no list is handed on after this has begun to wait.</summary>
    public async ValueTask DisposeAsync()
    {
        _updates.Dispose();
        _disposed = true;
        Evaluate();
        await _stopped.Task.ConfigureAwait(false);
    }

    /// <summary>
    /// Runs <see cref="EvaluateOnce"/> at least once after this call began, one thread at a time and without a lock: whoever finds it running
    /// leaves the work to the thread that runs it. So sources may report from anywhere, also from inside their own start.
    /// </summary>
    private void Evaluate()
    {
        if (Interlocked.Increment(ref _evaluations) != 1)
        {
            return;
        }

        do
        {
            EvaluateOnce();
        }
        while (Interlocked.Decrement(ref _evaluations) != 0);
    }

    private void EvaluateOnce()
    {
        if (_disposed)
        {
            StopFrom(0);
            _ = FinishAsync();
            return;
        }

        for (var i = 0; i < _watches.Length; i++)
        {
            if (_watches[i] is null)
            {
                _watches[i] = new SourceWatch(_sources[i], _query, _context, Evaluate);
                _watches[i]!.Start();
            }

            var watch = _watches[i]!;
            switch (watch.Report)
            {
                case { Answer: null, Error: null }:
                    return;
                case { Answer: null, Error: { } error }:
                    GiveUpWaiting(watch.SourceName, error.Message);
                    return;
                case { Answer.Exists: true } report:
                    StopFrom(i + 1);
                    Use(watch.SourceName, report);
                    return;
            }
        }

        GiveUpWaiting(null, $"No endpoint source knows '{_query.ServiceName}'. Add it to the Services section or declare it with a ServiceEntry.");
    }

    private void Use(string source, SourceReport report)
    {
        var problem = report.Error?.Message ?? report.Answer!.Problem;
        _updates.Offer(report.Answer!.Endpoints);
        SetStatus(new(problem is null ? SubscriptionState.Live : SubscriptionState.Stale, source, problem, report.AnsweredAt));
        _first.TrySetResult();
    }

    private void GiveUpWaiting(string? source, string problem)
    {
        SetStatus(new(_updates.HasDelivered ? SubscriptionState.Stale : SubscriptionState.Failed, source, problem, _status.UpdatedAt));
        _first.TrySetResult();
    }

    private void SetStatus(SubscriptionStatus status)
    {
        var previous = _status;
        _status = status;
        if (previous.State != status.State || previous.Source != status.Source)
        {
            LogStatus(_query.ServiceName, status.State, status.Source, status.Problem);
        }
    }

    private void StopFrom(int index)
    {
        _stopping.RemoveAll(static task => task.IsCompleted);
        for (; index < _watches.Length; index++)
        {
            if (_watches[index] is { } watch)
            {
                _watches[index] = null;
                _stopping.Add(watch.DisposeAsync().AsTask());
            }
        }
    }

    // A listener that throws must not stop the evaluation, or a timer's thread, for good.
    private void HandOn(ModelList<MeshEndpoint> endpoints, Action<ModelList<MeshEndpoint>> onEndpoints)
    {
        try
        {
            onEndpoints(endpoints);
        }
        catch (Exception e)
        {
            LogListenerFailed(e, _query.ServiceName);
        }
    }

    private async Task FinishAsync()
    {
        await Task.WhenAll(_stopping).ConfigureAwait(false);
        _first.TrySetResult();
        _stopped.TrySetResult();
    }
}
