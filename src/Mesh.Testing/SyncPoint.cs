namespace Mesh.Testing;

/// <summary>
/// A place where code under test stops until the test lets it go, so that a race is played out in one chosen order, without sleeping.
/// The code calls <see cref="ReachAsync"/>; the test awaits <see cref="WaitForArrivalAsync"/>, does what should come in between, and
/// calls <see cref="Release"/>. Any number of callers may arrive; each release lets one of them go. Thread-safe.
/// </summary>
/// <remarks>The idea is grpc-dotnet's test class of the same name.</remarks>
public sealed class SyncPoint : IDisposable
{
    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly SemaphoreSlim _permits = new(0);
    private volatile bool _open;
    private int _waiting;

    /// <summary>Creates a point where nobody has arrived.</summary>
    /// <param name="name">What the messages of time-outs call it.</param>
    public SyncPoint(string name) => Name = name;

    /// <summary>What the messages of time-outs call it.</summary>
    public string Name { get; }

    /// <summary>Callers that stand at the point now.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Called by the code under test: announces the arrival and waits to be released.</summary>
    /// <param name="cancellationToken">Ends the wait; the arrival still counts.</param>
    public async Task ReachAsync(CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            _arrivals.Release();
            if (!_open)
            {
                await _permits.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>As <see cref="ReachAsync"/>, for code that cannot await: blocks its thread.</summary>
    /// <param name="cancellationToken">Ends the wait; the arrival still counts.</param>
    public void Reach(CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            _arrivals.Release();
            if (!_open)
            {
                _permits.Wait(cancellationToken);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Called by the test: completes when one more caller than in all earlier waits has arrived.</summary>
    /// <param name="timeout">Real time after which the wait fails; null: 10 s.</param>
    /// <exception cref="TimeoutException">Nobody arrived in time.</exception>
    public async Task WaitForArrivalAsync(TimeSpan? timeout = null)
    {
        var limit = timeout ?? TestDeadline.Default;
        if (!await _arrivals.WaitAsync(limit).ConfigureAwait(false))
        {
            throw new TimeoutException($"Nobody reached the sync point '{Name}' within {limit.TotalSeconds} s.");
        }
    }

    /// <summary>Lets callers go, those that are waiting or the next to arrive.</summary>
    /// <param name="count">How many.</param>
    public void Release(int count = 1) => _permits.Release(count);

    /// <summary>Opens the point for good: everybody waiting goes on, and nobody stops here again.</summary>
    public void Open()
    {
        _open = true;

        // More permits than there can be callers: one that read _open just before the write above still finds a permit.
        _permits.Release(1_000_000);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _arrivals.Dispose();
        _permits.Dispose();
    }
}
