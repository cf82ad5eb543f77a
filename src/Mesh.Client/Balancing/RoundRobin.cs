// hot path
using Mesh.Balancing;
using Mesh.Model;

namespace Mesh.Client.Balancing;

/// <summary>
/// ROUND_ROBIN: in turn; with unequal weights in the order of earliest deadline first.
/// Source: Envoy's EDF scheduler (deadline = now + 1/weight, ties first in first out). Envoy keeps a heap under a per-worker thread;
/// static weights make its sequence periodic, so we write one period down when the set is built and then only count: no lock, no heap.
/// </summary>
internal sealed class RoundRobin : ILoadBalancer
{
    /// <summary>Longest written-down period; beyond it weights are scaled down, which costs at most 1/4096 of accuracy.</summary>
    private const int MaxPeriod = 4096;

    public string Name => LoadBalancingAlgorithms.RoundRobin;

    public Picker CreatePicker(ReadOnlySpan<EndpointView> endpoints, LoadBalancing settings)
    {
        if (endpoints.Length == 1)
        {
            return SinglePicker.Instance;
        }

        if (WeightedTable.AllEqual(endpoints))
        {
            return new TurnPicker(endpoints.Length);
        }

        var weights = new int[endpoints.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = endpoints[i].Weight;
        }

        return new SequencePicker(Sequence(weights));
    }

    /// <summary>One period of the EDF order.</summary>
    internal static int[] Sequence(ReadOnlySpan<int> weights)
    {
        var divisor = 0;
        long sum = 0;
        foreach (var weight in weights)
        {
            divisor = GreatestCommonDivisor(divisor, weight);
            sum += weight;
        }

        var scale = sum / divisor > MaxPeriod ? (double)MaxPeriod / sum : 1.0 / divisor;
        var turns = new int[weights.Length];
        var period = 0;
        for (var i = 0; i < turns.Length; i++)
        {
            turns[i] = Math.Max(1, (int)Math.Round(weights[i] * scale));
            period += turns[i];
        }

        // Deadlines are compared as (k+1)/turns; the queue's tie-breaker is the insertion number, as in Envoy.
        var queue = new PriorityQueue<int, (double Deadline, int Order)>();
        var order = 0;
        for (var i = 0; i < turns.Length; i++)
        {
            queue.Enqueue(i, (1.0 / turns[i], order++));
        }

        var sequence = new int[period];
        for (var k = 0; k < period; k++)
        {
            queue.TryDequeue(out var index, out var key);
            sequence[k] = index;
            queue.Enqueue(index, (key.Deadline + (1.0 / turns[index]), order++));
        }

        return sequence;
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);

    private sealed class TurnPicker(int count) : Picker
    {
        private int _turn = -1;

        public override int Pick(ref PickContext context) => (int)((uint)Interlocked.Increment(ref _turn) % (uint)count);
    }

    private sealed class SequencePicker(int[] sequence) : Picker
    {
        private int _turn = -1;

        public override int Pick(ref PickContext context) => sequence[(uint)Interlocked.Increment(ref _turn) % (uint)sequence.Length];
    }
}
