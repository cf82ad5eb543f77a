using FsCheck;
using FsCheck.Fluent;
using Mesh.Balancing;
using Mesh.Client.Balancing;
using Mesh.Client.Compile;
using Mesh.Model;

namespace Mesh.PropertyTests.Balancing;

/// <summary>Whatever draws by weight gives each its share, and leaves nobody out.</summary>
[TestFixture]
public class WeightedShareTests
{
    private const int Draws = 20_000;

    private static readonly LoadBalancing s_settings = LoadBalancing.Default;

    private static Gen<(int[] Weights, ulong Seed)> Cases(int maxCount, int maxWeight) =>
        from count in Gen.Choose(2, maxCount)
        from limit in Gen.Choose(1, maxWeight)
        from weights in Gen.ArrayOf(Gen.Choose(1, limit), count)
        from seed in Gen.Choose(1, int.MaxValue)
        select (weights, (ulong)seed);

    [Test]
    public void Destinations_of_a_route_get_their_shares() => Property.ForAll(
        Cases(8, 100),
        static sample =>
        {
            var destinations = sample.Weights.Select(static (w, i) => new CompiledDestination(null, new ClusterKey("d" + i, 80), w, null, null, [])).ToArray();
            var route = new CompiledRoute("r", null, new ForwardAction { Destinations = [] }, destinations, [], null);
            var random = new SeededRandomSource(sample.Seed);
            var counts = new int[destinations.Length];
            for (var i = 0; i < Draws; i++)
            {
                counts[Array.IndexOf(destinations, route.PickDestination(random.Next()))]++;
            }

            Shares.RequireClose(counts, Array.ConvertAll(sample.Weights, static w => (double)w), "destinations");
        },
        runs: 60);

    [TestCase(LoadBalancingAlgorithms.Random)]
    [TestCase(LoadBalancingAlgorithms.LeastRequest)]
    public void Idle_endpoints_get_their_shares(string algorithm) => Property.ForAll(
        Cases(12, 50),
        sample =>
        {
            var picker = Picker(algorithm, sample.Weights);
            var counts = Count(picker, sample.Weights.Length, sample.Seed, Draws);
            Shares.RequireClose(counts, Array.ConvertAll(sample.Weights, static w => (double)w), algorithm);
        },
        runs: 60);

    [Test]
    public void The_alias_table_draws_what_it_was_built_for() => Property.ForAll(
        from count in Gen.Choose(1, 40)
        from weights in Gen.ArrayOf(Gen.Choose(1, 1_000_000).Select(static n => n / 1000.0), count)
        from seed in Gen.Choose(1, int.MaxValue)
        select (weights, seed),
        static sample =>
        {
            var table = WeightedTable.Create(sample.weights);
            var random = new SeededRandomSource((ulong)sample.seed);
            var counts = new int[sample.weights.Length];
            for (var i = 0; i < Draws; i++)
            {
                var context = new PickContext(random.Next());
                counts[table.Pick(ref context)]++;
            }

            Shares.RequireClose(counts, sample.weights, "table");
        },
        runs: 60);

    [TestCase(LoadBalancingAlgorithms.Random)]
    [TestCase(LoadBalancingAlgorithms.LeastRequest)]
    [TestCase(LoadBalancingAlgorithms.RoundRobin)]
    public void Every_endpoint_is_reached(string algorithm) => Property.ForAll(
        Cases(20, 5),
        sample => Property.Require(!Count(Picker(algorithm, sample.Weights), sample.Weights.Length, sample.Seed, 5_000).Contains(0), "an endpoint was never picked"),
        runs: 60);

    /// <summary>Earliest deadline first is exact: after whole periods each endpoint had as many turns as its weight says.</summary>
    [Test]
    public void A_period_of_round_robin_gives_each_endpoint_its_turns() => Property.ForAll(
        Cases(10, 300),
        static sample =>
        {
            var sequence = RoundRobin.Sequence(sample.Weights);
            var divisor = sample.Weights.Aggregate(Divisor);
            for (var i = 0; i < sample.Weights.Length; i++)
            {
                Property.Require(sequence.Count(s => s == i) == sample.Weights[i] / divisor, $"endpoint {i} of {string.Join(',', sample.Weights)}");
            }

            // Never far behind: within any prefix an endpoint lags its share by less than one turn for each endpoint.
            RequireSmooth(sequence, sample.Weights);
        },
        runs: 100);

    [Test]
    public void A_period_that_had_to_be_scaled_down_is_off_by_no_more_than_a_turn() => Property.ForAll(
        Cases(10, 1_000_000),
        static sample =>
        {
            var sequence = RoundRobin.Sequence(sample.Weights);
            long sum = sample.Weights.Sum(static w => (long)w);
            for (var i = 0; i < sample.Weights.Length; i++)
            {
                var wanted = (double)sample.Weights[i] / sum * sequence.Length;
                Property.Require(Math.Abs(sequence.Count(s => s == i) - wanted) <= 2, $"endpoint {i} of {string.Join(',', sample.Weights)}");
            }
        },
        runs: 60);

    private static void RequireSmooth(int[] sequence, int[] weights)
    {
        var turns = new int[weights.Length];
        double sum = weights.Sum();
        for (var k = 0; k < sequence.Length; k++)
        {
            turns[sequence[k]]++;
            for (var i = 0; i < weights.Length; i++)
            {
                Property.Require(Math.Abs(turns[i] - ((k + 1) * weights[i] / sum)) <= weights.Length, $"endpoint {i} had {turns[i]} of {k + 1} turns, weights {string.Join(',', weights)}");
            }
        }
    }

    private static int[] Count(Picker picker, int endpoints, ulong seed, int draws)
    {
        var random = new SeededRandomSource(seed);
        var counts = new int[endpoints];
        for (var i = 0; i < draws; i++)
        {
            var context = new PickContext(random.Next());
            counts[picker.Pick(ref context)]++;
        }

        return counts;
    }

    private static Picker Picker(string algorithm, int[] weights) =>
        new LoadBalancers([]).For(s_settings with { Algorithm = algorithm }).CreatePicker(Array.ConvertAll(weights, static EndpointView (w) => new FixedEndpoint(w, 0)), s_settings);

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);
}
