namespace Mesh.Client.Tests.Discovery;

/// <summary>A clock that stands still until a test moves it; timers fire on the thread that moves it, in the order of their due times.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _armed = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

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

    public TimeSpan? UntilNextTimer
    {
        get
        {
            lock (_gate)
            {
                return _armed.Count == 0 ? null : TimeSpan.FromTicks(_armed.Min(t => t.Due) - _now);
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero) + TimeSpan.FromTicks(Interlocked.Read(ref _now));

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var target = _now + by.Ticks;
        while (true)
        {
            Timer? due;
            lock (_gate)
            {
                due = _armed.Where(t => t.Due <= target).MinBy(t => t.Due);
                Interlocked.Exchange(ref _now, due?.Due ?? target);
                if (due is null)
                {
                    return;
                }

                _armed.Remove(due);
            }

            // NUnit's synchronization context would send continuations to the thread pool; without it they run here, before Advance returns.
            var synchronization = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            due.Fire();
            SynchronizationContext.SetSynchronizationContext(synchronization);
        }
    }

    /// <summary>Completes when at least so many timers are armed: the code under test has reached its waits.</summary>
    public Task WaitForTimersAsync(int count)
    {
        lock (_gate)
        {
            if (_armed.Count >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, reached));
            return reached.Task.WaitAsync(Wait.Limit);
        }
    }

    private sealed class Timer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private readonly ExecutionContext? _context = ExecutionContext.Capture();

        public long Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._armed.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = clock._now + dueTime.Ticks;
                    clock._armed.Add(this);
                    foreach (var waiter in clock._waiters.Where(w => clock._armed.Count >= w.Count).ToList())
                    {
                        clock._waiters.Remove(waiter);
                        waiter.Reached.SetResult();
                    }
                }

                return true;
            }
        }

        public void Fire()
        {
            if (_context is null)
            {
                callback(state);
            }
            else
            {
                ExecutionContext.Run(_context, _ => callback(state), null);
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

internal static class Wait
{
    /// <summary>How long a test waits for something that must happen before it counts as hung.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
}
