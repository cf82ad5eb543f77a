namespace Shop.Traffic;

/// <summary>
/// Durations counted in buckets, each a quarter wider than the one below it (0.05 ms … 10 s). Counts of several processes can be
/// added, which percentiles cannot; the price is that a percentile is exact to a quarter of its value only.
/// </summary>
internal static class LatencyBuckets
{
    public const int Count = 56;
    private const double FirstBound = 0.05;
    private const double Growth = 1.25;

    public static int IndexOf(double milliseconds) =>
        milliseconds <= FirstBound ? 0 : Math.Min(Count - 1, 1 + (int)(Math.Log(milliseconds / FirstBound) / Math.Log(Growth)));

    /// <summary>The duration, in milliseconds, that the share <paramref name="quantile"/> of the counted calls did not exceed; null without calls.</summary>
    public static double? Quantile(ReadOnlySpan<int> counts, double quantile)
    {
        long total = 0;
        foreach (var count in counts)
        {
            total += count;
        }

        var wanted = quantile * total;
        double seen = 0;
        for (var i = 0; i < counts.Length && total > 0; i++)
        {
            if (counts[i] > 0 && seen + counts[i] >= wanted)
            {
                var low = i == 0 ? 0 : FirstBound * Math.Pow(Growth, i - 1);
                var high = FirstBound * Math.Pow(Growth, i);
                return low + ((high - low) * (wanted - seen) / counts[i]);
            }

            seen += counts[i];
        }

        return null;
    }
}
