namespace Mesh.Client.Http;

/// <summary>
/// The clocks of a call whose route limits time: one for all tries and their pauses, one for the try that runs. Source: ENVOY §12: a per-try time that is not
/// shorter than the whole has no effect. The clock of a try starts when the try starts; the whole runs until the body has been read.
/// </summary>
internal sealed class CallTimeout : IDisposable
{
    private readonly TimeProvider _time;
    private readonly CancellationToken _caller;
    private readonly TimeSpan? _perTry;
    private readonly CancellationTokenSource? _whole;
    private readonly CancellationTokenRegistration _callerRegistration;
    private CancellationTokenSource? _try;
    private CancellationTokenRegistration _tryRegistration;

    public CallTimeout(TimeSpan? whole, TimeSpan? perTry, TimeProvider time, CancellationToken caller)
    {
        _time = time;
        _caller = caller;
        Whole = caller;
        _perTry = whole is { } limit && perTry >= limit ? null : perTry;
        if (whole is { } total)
        {
            _whole = new CancellationTokenSource(total, time);
            Whole = _whole.Token;
            _callerRegistration = caller.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _whole);
        }
    }

    /// <summary>Fires when the time for the whole call is over, or the caller gives up. Stays readable after disposal: a body may be read past its end.</summary>
    public CancellationToken Whole { get; }

    /// <summary>The time for the whole call is over.</summary>
    public bool IsOver => _whole is { IsCancellationRequested: true } && !_caller.IsCancellationRequested;

    /// <summary>The time for the running try, or for the whole call, is over.</summary>
    public bool IsTryOver => IsOver || (_try is { IsCancellationRequested: true } && !_caller.IsCancellationRequested);

    /// <summary>Starts the clock of a try.</summary>
    public CancellationToken BeginTry()
    {
        ReleaseTry();
        if (_perTry is not { } limit)
        {
            return Whole;
        }

        _try = new CancellationTokenSource(limit, _time);
        _tryRegistration = Whole.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), _try);
        return _try.Token;
    }

    /// <summary>Stops the clock of the running try: its answer is there. The whole call's clock runs on.</summary>
    public void EndTry() => _try?.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        ReleaseTry();
        _callerRegistration.Dispose();
        _whole?.Dispose();
    }

    private void ReleaseTry()
    {
        _tryRegistration.Dispose();
        _try?.Dispose();
        _try = null;
    }
}
