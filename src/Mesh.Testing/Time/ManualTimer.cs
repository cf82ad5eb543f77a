namespace Mesh.Testing;

/// <summary>A timer of <see cref="ManualTimeProvider"/>. Its scheduling fields belong to the clock and change under the clock's lock.</summary>
internal sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
{
    // As System.Threading.Timer does: a test that checks for leaked AsyncLocals must see the leak here too.
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private volatile bool _disposed;

    public static IComparer<ManualTimer> FiringOrder { get; } = Comparer<ManualTimer>.Create(static (a, b) =>
    {
        var byDue = a.Due.CompareTo(b.Due);
        return byDue != 0 ? byDue : a.Sequence.CompareTo(b.Sequence);
    });

    public long Due { get; set; }

    public long Period { get; set; }

    public long Sequence { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        CheckRange(dueTime);
        CheckRange(period);
        if (_disposed)
        {
            return false;
        }

        clock.Arm(this, dueTime, period);
        return true;
    }

    public void Fire()
    {
        if (_disposed)
        {
            return;
        }

        if (_context is null)
        {
            callback(state);
        }
        else
        {
            ExecutionContext.Run(_context, static o => ((ManualTimer)o!).Invoke(), this);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        clock.Disarm(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private void Invoke() => callback(state);

    private static void CheckRange(TimeSpan value)
    {
        if (value < TimeSpan.Zero && value != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "A timer takes a span that is not negative, or Timeout.InfiniteTimeSpan.");
        }
    }
}
