using System.Numerics;

namespace Mesh.Peers.Loopback;

/// <summary>
/// Counts of durations in log-linear buckets (128 per power of two, so a percentile is off by less than 1 %), after HdrHistogram.
/// One per caller and merged at the end: recording is an increment without sharing.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 7;
    private readonly long[] _counts = new long[(64 - SubBits) << SubBits];

    public void Record(long nanoseconds) => _counts[Index((ulong)Math.Max(nanoseconds, 0))]++;

    public void Add(LatencyHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }
    }

    /// <summary>The duration in microseconds below which the share of all recorded ones lies.</summary>
    public double Percentile(double share)
    {
        var total = _counts.Sum();
        var rank = (long)Math.Ceiling(total * share);
        var seen = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank && seen > 0)
            {
                return Value(i) / 1000.0;
            }
        }

        return double.NaN;
    }

    private static int Index(ulong value)
    {
        var shift = Math.Max(0, BitOperations.Log2(value | 1) - SubBits);
        return (shift << SubBits) + (int)(value >> shift);
    }

    private static double Value(int index)
    {
        // The first two octaves hold whole numbers; from then on an index carries its shift above the sub-bucket bits.
        var shift = Math.Max(0, (index >> SubBits) - 1);
        return (double)((ulong)(index - (shift << SubBits)) << shift);
    }
}
