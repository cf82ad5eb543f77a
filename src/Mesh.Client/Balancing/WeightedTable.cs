// hot path
using Mesh.Balancing;

namespace Mesh.Client.Balancing;

/// <summary>
/// Draws an index in proportion to weights in constant time.
/// Source: Walker's alias method (1977) in Vose's linear-time construction (1991).
/// </summary>
internal sealed class WeightedTable
{
    private readonly uint[] _threshold;
    private readonly int[] _alias;

    private WeightedTable(uint[] threshold, int[] alias)
    {
        _threshold = threshold;
        _alias = alias;
    }

    public static bool AllEqual(ReadOnlySpan<EndpointView> endpoints)
    {
        for (var i = 1; i < endpoints.Length; i++)
        {
            if (endpoints[i].Weight != endpoints[0].Weight)
            {
                return false;
            }
        }

        return true;
    }

    public static WeightedTable Create(ReadOnlySpan<EndpointView> endpoints)
    {
        var weights = new double[endpoints.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = endpoints[i].Weight;
        }

        return Create(weights);
    }

    public static WeightedTable Create(ReadOnlySpan<double> weights)
    {
        var count = weights.Length;
        var sum = 0.0;
        foreach (var weight in weights)
        {
            sum += weight;
        }

        var scaled = new double[count];
        var small = new Stack<int>(count);
        var large = new Stack<int>(count);
        for (var i = 0; i < count; i++)
        {
            scaled[i] = weights[i] * count / sum;
            (scaled[i] < 1 ? small : large).Push(i);
        }

        var threshold = new uint[count];
        var alias = new int[count];
        while (small.Count > 0 && large.Count > 0)
        {
            int less = small.Pop(), more = large.Pop();
            threshold[less] = (uint)(scaled[less] * uint.MaxValue);
            alias[less] = more;
            scaled[more] -= 1 - scaled[less];
            (scaled[more] < 1 ? small : large).Push(more);
        }

        // What remains on either stack is 1 up to rounding: it never needs its alias.
        while (small.TryPop(out var i) || large.TryPop(out i))
        {
            threshold[i] = uint.MaxValue;
            alias[i] = i;
        }

        return new WeightedTable(threshold, alias);
    }

    public int Pick(ref PickContext context)
    {
        var random = context.NextRandom();
        var column = (int)(((random >> 32) * (ulong)(uint)_alias.Length) >> 32);
        return (uint)random <= _threshold[column] ? column : _alias[column];
    }
}
