namespace Shop.Traffic;

/// <summary>The calls of the last ten full seconds to one place, in slices of a second.</summary>
internal sealed class CallWindow(TimeProvider time)
{
    public const int Seconds = 10;
    private readonly Lock _gate = new();
    private readonly Slice[] _slices = [.. Enumerable.Range(0, Seconds + 1).Select(_ => new Slice())];
    private long _total;
    private long _totalErrors;

    public void Add(TimeSpan duration, bool failed)
    {
        lock (_gate)
        {
            var slice = SliceOf(Now());
            slice.Buckets[LatencyBuckets.IndexOf(duration.TotalMilliseconds)]++;
            slice.Errors += failed ? 1 : 0;
            _total++;
            _totalErrors += failed ? 1 : 0;
        }
    }

    /// <summary>Sums the window. The second that is running is left out: it would pull every rate down.</summary>
    public CallCounts Read()
    {
        var buckets = new int[LatencyBuckets.Count];
        var errors = 0;
        lock (_gate)
        {
            var now = Now();
            foreach (var slice in _slices)
            {
                if (slice.Second < now && slice.Second >= now - Seconds)
                {
                    errors += slice.Errors;
                    for (var i = 0; i < buckets.Length; i++)
                    {
                        buckets[i] += slice.Buckets[i];
                    }
                }
            }

            return new CallCounts { Total = _total, TotalErrors = _totalErrors, Errors = errors, Buckets = buckets };
        }
    }

    private long Now() => time.GetTimestamp() / time.TimestampFrequency;

    private Slice SliceOf(long second)
    {
        var slice = _slices[second % _slices.Length];
        if (slice.Second != second)
        {
            slice.Second = second;
            slice.Errors = 0;
            Array.Clear(slice.Buckets);
        }

        return slice;
    }

    private sealed class Slice
    {
        public long Second = -1;
        public int Errors;
        public readonly int[] Buckets = new int[LatencyBuckets.Count];
    }
}

/// <summary>Calls counted: since the start, and in the last ten seconds.</summary>
public sealed record CallCounts
{
    public static CallCounts None { get; } = new() { Buckets = new int[LatencyBuckets.Count] };

    public long Total { get; init; }

    public long TotalErrors { get; init; }

    /// <summary>Failed calls in the window.</summary>
    public int Errors { get; init; }

    /// <summary>Calls in the window by duration, see <see cref="LatencyBuckets"/>.</summary>
    public required int[] Buckets { get; init; }

    public int Calls => Buckets.Sum();

    public double PerSecond => Calls / (double)CallWindow.Seconds;

    public double? P50 => LatencyBuckets.Quantile(Buckets, 0.50);

    public double? P99 => LatencyBuckets.Quantile(Buckets, 0.99);

    public static CallCounts operator +(CallCounts a, CallCounts b) => new()
    {
        Total = a.Total + b.Total,
        TotalErrors = a.TotalErrors + b.TotalErrors,
        Errors = a.Errors + b.Errors,
        Buckets = [.. a.Buckets.Zip(b.Buckets, (x, y) => x + y)],
    };
}
