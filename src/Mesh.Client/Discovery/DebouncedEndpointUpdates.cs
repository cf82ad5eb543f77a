// When a changed list of endpoints is handed on:
// 1. the first list, and any list that takes something away (an endpoint is gone, has become less healthy or lost all weight): at once and whole,
//    because every request until then may go to a dead server;
// 2. any other change (additions, weights, labels): after a window counted from the first of them, so that a deployment that adds
//    a hundred endpoints rebuilds the set a few times instead of a hundred, and a steady stream of changes is never held back longer;
// 3. a list equal to the one in force: never, and it cancels what was waiting.
// Source: the debouncing of EDS pushes in Istio (PILOT_DEBOUNCE_AFTER, PILOT_ENABLE_EDS_DEBOUNCE), with a far shorter window.
using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Client.Discovery;

/// <summary>Hands lists of endpoints on, one at a time and in order; after <see cref="Dispose"/> has returned, none.</summary>
internal sealed class DebouncedEndpointUpdates : IDisposable
{
    /// <summary>How long additions wait for others.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly Action<ModelList<MeshEndpoint>> _deliver;
    private readonly ITimer _timer;
    private ModelList<MeshEndpoint>? _delivered;
    private ModelList<MeshEndpoint>? _waiting;
    private bool _disposed;

    /// <param name="time">Clock of the window.</param>
    /// <param name="deliver">Called under a lock: must be quick and must not wait for anything.</param>
    public DebouncedEndpointUpdates(TimeProvider time, Action<ModelList<MeshEndpoint>> deliver)
    {
        _deliver = deliver;
        using (ExecutionContext.SuppressFlow())
        {
            _timer = time.CreateTimer(static state => ((DebouncedEndpointUpdates)state!).Flush(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>True once a list has been handed on.</summary>
    public bool HasDelivered
    {
        get
        {
            lock (_gate)
            {
                return _delivered is not null;
            }
        }
    }

    /// <summary>Takes the newest list; the first one is delivered before this returns.</summary>
    public void Offer(ModelList<MeshEndpoint> endpoints)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            if (_delivered is null || (!_delivered.Equals(endpoints) && TakesAway(_delivered, endpoints)))
            {
                Deliver(endpoints);
            }
            else if (_delivered.Equals(endpoints))
            {
                StopWaiting();
            }
            else
            {
                if (_waiting is null)
                {
                    _timer.Change(Window, Timeout.InfiniteTimeSpan);
                }

                _waiting = endpoints;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _waiting = null;
            _timer.Dispose();
        }
    }

    private void Flush()
    {
        lock (_gate)
        {
            if (_waiting is { } endpoints && !_disposed)
            {
                Deliver(endpoints);
            }
        }
    }

    private void Deliver(ModelList<MeshEndpoint> endpoints)
    {
        StopWaiting();
        _delivered = endpoints;
        _deliver(endpoints);
    }

    private void StopWaiting()
    {
        if (_waiting is not null)
        {
            _waiting = null;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private static bool TakesAway(ModelList<MeshEndpoint> before, ModelList<MeshEndpoint> after)
    {
        var now = new Dictionary<(string Address, int Port, string? Scheme), MeshEndpoint>(after.Count);
        foreach (var endpoint in after)
        {
            now[(endpoint.Address, endpoint.Port, endpoint.Scheme)] = endpoint;
        }

        foreach (var old in before)
        {
            if (!now.TryGetValue((old.Address, old.Port, old.Scheme), out var same) || same.Health > old.Health || (same.Weight == 0 && old.Weight != 0))
            {
                return true;
            }
        }

        return false;
    }
}
