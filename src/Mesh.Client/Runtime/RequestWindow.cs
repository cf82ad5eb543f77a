namespace Mesh.Client.Runtime;

/// <summary>
/// How many requests began in the last while, in ten slots: the base of a retry budget with an interval. Source: ENVOY §11 budget_interval.
/// Counting takes no lock; a slot that two requests open at once may lose one of them, which a budget can bear.
/// </summary>
internal sealed class RequestWindow(TimeProvider time, TimeSpan interval)
{
    private const int Slots = 10;

    private readonly long _slotLength = Math.Max(1, (long)(interval.TotalSeconds * time.TimestampFrequency) / Slots);
    private readonly long[] _epochs = new long[Slots];
    private readonly int[] _counts = new int[Slots];

    public TimeSpan Interval { get; } = interval;

    /// <summary>Counts a request that begins now.</summary>
    public void Add()
    {
        var epoch = time.GetTimestamp() / _slotLength;
        var slot = (int)(epoch % Slots);
        if (Interlocked.Exchange(ref _epochs[slot], epoch) != epoch)
        {
            Volatile.Write(ref _counts[slot], 0);
        }

        Interlocked.Increment(ref _counts[slot]);
    }

    /// <summary>Requests that began within the interval.</summary>
    public int Count()
    {
        var oldest = (time.GetTimestamp() / _slotLength) - Slots;
        var sum = 0;
        for (var i = 0; i < Slots; i++)
        {
            sum += Volatile.Read(ref _epochs[i]) > oldest ? Volatile.Read(ref _counts[i]) : 0;
        }

        return sum;
    }
}
