// hot path
using Mesh.Balancing;
using Mesh.Model;

namespace Mesh.Client.Balancing;

/// <summary>
/// LEAST_REQUEST: the less loaded of two random choices.
/// Source: Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing" (2001); Envoy least request; Finagle's P2CPick for drawing two
/// <em>distinct</em> endpoints (Envoy and HAProxy draw with replacement, which leaves a stalled endpoint 1/n² of the traffic for nothing).
/// Unequal weights: both candidates are drawn by weight (alias table) and the one with less load per weight is taken; idle endpoints tie, and a tie goes
/// to the first draw, so an idle cluster is shared exactly by weight. (Envoy leaves power of two choices for EDF when weights differ; its load then lags.)
/// </summary>
internal sealed class LeastRequest : ILoadBalancer
{
    public string Name => LoadBalancingAlgorithms.LeastRequest;

    public Picker CreatePicker(ReadOnlySpan<EndpointView> endpoints, LoadBalancing settings) =>
        endpoints.Length == 1 ? SinglePicker.Instance
        : WeightedTable.AllEqual(endpoints) ? new UniformPicker(endpoints.ToArray())
        : new WeightedPicker(endpoints.ToArray(), WeightedTable.Create(endpoints));

    private sealed class UniformPicker(EndpointView[] endpoints) : Picker
    {
        public override int Pick(ref PickContext context)
        {
            var count = endpoints.Length;
            var first = context.NextIndex(count);

            // The second index is drawn from the n-1 others; stepping over the first keeps all pairs equally likely.
            var second = context.NextIndex(count - 1);
            if (second >= first)
            {
                second++;
            }

            return endpoints[second].ActiveRequests < endpoints[first].ActiveRequests ? second : first;
        }
    }

    private sealed class WeightedPicker(EndpointView[] endpoints, WeightedTable table) : Picker
    {
        public override int Pick(ref PickContext context)
        {
            var first = table.Pick(ref context);
            var second = table.Pick(ref context);
            if (second == first)
            {
                second = table.Pick(ref context);
            }

            // active / weight, compared without division.
            var a = endpoints[first];
            var b = endpoints[second];
            return (long)b.ActiveRequests * a.Weight < (long)a.ActiveRequests * b.Weight ? second : first;
        }
    }
}

/// <summary>The picker of a set of one.</summary>
internal sealed class SinglePicker : Picker
{
    public static SinglePicker Instance { get; } = new();

    public override int Pick(ref PickContext context) => 0;
}
