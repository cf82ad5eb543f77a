namespace Mesh.Client.Discovery;

/// <summary>
/// Exponential back-off with "equal jitter": the n-th delay lies between half and all of <c>First × 2ⁿ⁻¹</c>, capped at <c>Max</c>, so that
/// many processes that lost the same server do not come back in step, and none comes back at once.
/// Source: AWS Architecture Blog, "Exponential Backoff And Jitter".
/// </summary>
internal readonly record struct Backoff(TimeSpan First, TimeSpan Max)
{
    public static Backoff Default { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    /// <param name="failures">Failures in a row, one or more.</param>
    /// <param name="random">64 random bits.</param>
    public TimeSpan Delay(int failures, ulong random)
    {
        var whole = Math.Min(First.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 62)), Max.TotalMilliseconds);
        var fraction = (random >> 11) * (1.0 / (1UL << 53));
        return TimeSpan.FromMilliseconds(whole * (0.5 + (fraction / 2)));
    }
}
