namespace Mesh.Testing;

/// <summary>
/// A clock that stands still until a test moves it. Timers fire on the thread that calls <see cref="Advance"/>, in the order of their
/// due times (of equal ones the one armed first), each with the clock standing exactly at its due time. Thread-safe.
/// </summary>
/// <remarks>
/// A timer armed with a due time of zero fires at the next <see cref="Advance"/>, <c>Advance(TimeSpan.Zero)</c> included, never inside
/// the call that arms it. Continuations of <c>Task.Delay(time, clock)</c> may run inline in <see cref="Advance"/> as with any timer.
/// </remarks>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly Lock _advancing = new();
    private readonly SortedSet<ManualTimer> _armed = new(ManualTimer.FiringOrder);
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
    private readonly DateTimeOffset _start;
    private long _elapsed;
    private long _sequence;

    /// <summary>A clock that starts at 2000-01-01T00:00:00Z.</summary>
    public ManualTimeProvider()
        : this(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>A clock that starts at a given instant.</summary>
    /// <param name="start">The first value of <see cref="GetUtcNow"/>.</param>
    public ManualTimeProvider(DateTimeOffset start) => _start = start;

    /// <summary>One unit of <see cref="GetTimestamp"/> is 100 ns.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Always UTC, so that no test depends on where it runs.</summary>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Time since the clock was created.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Interlocked.Read(ref _elapsed));

    /// <summary>How many timers are armed. A test that ends with the number it began with has leaked none.</summary>
    public int ArmedTimers
    {
        get
        {
            lock (_gate)
            {
                return _armed.Count;
            }
        }
    }

    /// <summary>Time until the next timer fires; null when none is armed.</summary>
    public TimeSpan? UntilNextTimer
    {
        get
        {
            lock (_gate)
            {
                return _armed.Min is { } next ? TimeSpan.FromTicks(Math.Max(0, next.Due - _elapsed)) : null;
            }
        }
    }

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    /// <inheritdoc />
    public override long GetTimestamp() => Interlocked.Read(ref _elapsed);

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and fires every timer that falls due on the way, those armed by callbacks included.</summary>
    /// <param name="by">How far; zero fires what is due now. Not negative.</param>
    /// <exception cref="InvalidOperationException">Called from a timer's callback.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        if (_advancing.IsHeldByCurrentThread)
        {
            throw new InvalidOperationException("Advance was called from a timer's callback: the clock is already moving.");
        }

        lock (_advancing)
        {
            var target = _elapsed + by.Ticks;

            // A zero-period re-arm inside a callback would be due again at once; it waits for the next Advance.
            var lastSequence = by == TimeSpan.Zero ? _sequence : long.MaxValue;
            while (TakeDue(target, lastSequence) is { } timer)
            {
                timer.Fire();
            }

            Interlocked.Exchange(ref _elapsed, target);
        }
    }

    /// <summary>Moves the clock to the next timer and fires it, with all others due at the same time.</summary>
    /// <returns>How far the clock moved.</returns>
    /// <exception cref="InvalidOperationException">No timer is armed.</exception>
    public TimeSpan AdvanceToNextTimer()
    {
        var by = UntilNextTimer ?? throw new InvalidOperationException("No timer is armed.");
        Advance(by);
        return by;
    }

    /// <summary>
    /// Completes when at least <paramref name="count"/> timers are armed: the code under test, running on other threads, has reached
    /// its waits, and the clock can be moved.
    /// </summary>
    /// <param name="count">Number of timers.</param>
    /// <param name="timeout">Real time after which the wait fails; null: 10 s.</param>
    /// <exception cref="TimeoutException">They were not armed in time.</exception>
    public async Task WaitForTimersAsync(int count, TimeSpan? timeout = null)
    {
        TaskCompletionSource reached;
        lock (_gate)
        {
            if (_armed.Count >= count)
            {
                return;
            }

            reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, reached));
        }

        try
        {
            await reached.Task.WaitAsync(timeout ?? TestDeadline.Default, TimeProvider.System).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{count} armed timers were expected; there are {ArmedTimers}.", e);
        }
    }

    internal void Arm(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _armed.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            Schedule(timer, _elapsed + dueTime.Ticks, period > TimeSpan.Zero ? period.Ticks : 0);
        }
    }

    internal bool Disarm(ManualTimer timer)
    {
        lock (_gate)
        {
            return _armed.Remove(timer);
        }
    }

    private void Schedule(ManualTimer timer, long due, long period)
    {
        timer.Due = due;
        timer.Period = period;
        timer.Sequence = ++_sequence;
        _armed.Add(timer);
        for (var i = _waiters.Count - 1; i >= 0; i--)
        {
            if (_armed.Count >= _waiters[i].Count)
            {
                _waiters[i].Reached.TrySetResult();
                _waiters.RemoveAt(i);
            }
        }
    }

    private ManualTimer? TakeDue(long target, long lastSequence)
    {
        lock (_gate)
        {
            if (_armed.Min is not { } next || next.Due > target || next.Sequence > lastSequence)
            {
                return null;
            }

            _armed.Remove(next);
            Interlocked.Exchange(ref _elapsed, Math.Max(_elapsed, next.Due));
            if (next.Period > 0)
            {
                Schedule(next, next.Due + next.Period, next.Period);
            }

            return next;
        }
    }
}
