// hot path
using Mesh.Balancing;
using Mesh.Model;

namespace Mesh.Client.Balancing;

/// <summary>RANDOM: uniform, or by weight where weights differ (Envoy's random ignores weights; Istio documents give them, so we honour them).</summary>
internal sealed class RandomChoice : ILoadBalancer
{
    public string Name => LoadBalancingAlgorithms.Random;

    public Picker CreatePicker(ReadOnlySpan<EndpointView> endpoints, LoadBalancing settings) =>
        endpoints.Length == 1 ? SinglePicker.Instance
        : WeightedTable.AllEqual(endpoints) ? new UniformPicker(endpoints.Length)
        : new WeightedPicker(WeightedTable.Create(endpoints));

    private sealed class UniformPicker(int count) : Picker
    {
        public override int Pick(ref PickContext context) => context.NextIndex(count);
    }

    private sealed class WeightedPicker(WeightedTable table) : Picker
    {
        public override int Pick(ref PickContext context) => table.Pick(ref context);
    }
}
