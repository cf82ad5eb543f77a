// hot path
using Mesh.Client.Transport;
using Mesh.Model;

namespace Mesh.Client.Runtime;

/// <summary>
/// The concurrency of a cluster in this process, across snapshots: requests and retries in flight. Source: ENVOY §11 circuit breakers; an Istio limit is
/// per client process and per cluster, never mesh-wide. Counting happens only where a limit asks for it.
/// </summary>
internal sealed class ClusterState
{
    private int _active;
    private int _retries;
    private RequestWindow? _window;
    private OpenConnections? _connections;

    /// <summary>What the open connections of the cluster can carry, counted only where <see cref="NeedsConnections"/>.</summary>
    public OpenConnections Connections => LazyInitializer.EnsureInitialized(ref _connections, static () => new OpenConnections());

    public int Active => Volatile.Read(ref _active);

    public int ActiveRetries => Volatile.Read(ref _retries);

    /// <summary>Whether a policy needs requests to be counted.</summary>
    public static bool NeedsCounting(ClusterPolicy policy) =>
        policy.RetryBudget is not null || policy.ConnectionPool.MaxRequests != int.MaxValue || policy.ConnectionPool.MaxPendingRequests != int.MaxValue;

    /// <summary>Whether a policy limits how many requests may wait for a connection.</summary>
    public static bool NeedsConnections(ClusterPolicy policy) => policy.ConnectionPool.MaxPendingRequests != int.MaxValue;

    /// <summary>
    /// Takes a place for a request, or says which limit stands in the way. Requests beyond the open connections are pending: they wait for one that is
    /// busy, or for one that is opening.
    /// </summary>
    /// <param name="pool">The limits.</param>
    /// <param name="connections">The open connections; null when nobody counts them.</param>
    public string? TryEnter(ConnectionPool pool, OpenConnections? connections)
    {
        var active = Interlocked.Increment(ref _active);
        if (active > pool.MaxRequests)
        {
            Interlocked.Decrement(ref _active);
            return "http2MaxRequests";
        }

        if (connections is not null && active > pool.MaxPendingRequests && active - connections.Capacity > pool.MaxPendingRequests)
        {
            Interlocked.Decrement(ref _active);
            return "http1MaxPendingRequests";
        }

        return null;
    }

    public void Exit() => Interlocked.Decrement(ref _active);

    /// <summary>
    /// Takes a place for a retry: below maxRetries, or within the budget where one is set:
    /// max(minimum, percent of active requests, or of those that began within the budget's interval). The place is held until the retry has ended.
    /// </summary>
    public bool TryEnterRetry(ClusterPolicy policy, RequestWindow? window = null)
    {
        long limit = policy.ConnectionPool.MaxRetries;
        if (policy.RetryBudget is { } budget)
        {
            limit = Math.Max(budget.MinRetryConcurrency, (long)(budget.Percent / 100.0 * (window?.Count() ?? Volatile.Read(ref _active))));
        }

        if (Interlocked.Increment(ref _retries) <= limit)
        {
            return true;
        }

        Interlocked.Decrement(ref _retries);
        return false;
    }

    /// <summary>The window of a budget with an interval; it survives snapshots that keep the interval.</summary>
    public RequestWindow? WindowOf(RetryBudget? budget, TimeProvider time)
    {
        if (budget is not { Interval.Ticks: > 0 })
        {
            return null;
        }

        var window = Volatile.Read(ref _window);
        if (window?.Interval != budget.Interval)
        {
            Volatile.Write(ref _window, window = new RequestWindow(time, budget.Interval));
        }

        return window;
    }

    public void ExitRetry() => Interlocked.Decrement(ref _retries);
}
