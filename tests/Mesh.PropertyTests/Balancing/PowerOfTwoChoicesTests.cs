using FsCheck.Fluent;
using Mesh.Balancing;
using Mesh.Client.Balancing;
using Mesh.Model;

namespace Mesh.PropertyTests.Balancing;

/// <summary>LEAST_REQUEST takes the less loaded of two distinct endpoints.</summary>
[TestFixture]
public class PowerOfTwoChoicesTests
{
    /// <summary>
    /// With all loads different, an endpoint wins exactly the pairs it forms with busier ones: of the n(n−1)/2 equally likely pairs as many as endpoints are
    /// busier. Drawing with replacement, unequal pairs or taking the wrong one all change these shares; and the busiest is never taken.
    /// </summary>
    [Test]
    public void Shares_are_those_of_distinct_pairs() => Property.ForAll(
        from count in Gen.Choose(2, 10)
        from loads in Gen.Shuffle(Enumerable.Range(0, 20).ToArray())
        from seed in Gen.Choose(1, int.MaxValue)
        select (Loads: loads.Take(count).ToArray(), seed),
        static sample =>
        {
            var loads = sample.Loads;
            var picker = new LeastRequest().CreatePicker(Array.ConvertAll(loads, static EndpointView (l) => new FixedEndpoint(1, l)), LoadBalancing.Default);
            var random = new SeededRandomSource((ulong)sample.seed);
            var counts = new int[loads.Length];
            for (var i = 0; i < 20_000; i++)
            {
                var context = new PickContext(random.Next());
                counts[picker.Pick(ref context)]++;
            }

            Property.Require(counts[Array.IndexOf(loads, loads.Max())] == 0, "the busiest endpoint was picked");
            Shares.RequireClose(counts, Array.ConvertAll(loads, load => (double)loads.Count(other => other > load)), "pairs");
        },
        runs: 60);

    /// <summary>By weight, both candidates come from the alias table; the same random numbers therefore tell which pair was drawn.</summary>
    [Test]
    public void Of_a_weighted_pair_the_busier_for_its_weight_is_never_taken() => Property.ForAll(
        from count in Gen.Choose(2, 10)
        from weights in Gen.ArrayOf(Gen.Choose(1, 9), count)
        from loads in Gen.ArrayOf(Gen.Choose(0, 30), count)
        from seed in Gen.Choose(1, int.MaxValue)
        where weights.Distinct().Count() > 1
        select (weights, loads, seed),
        static sample =>
        {
            var endpoints = sample.weights.Zip(sample.loads, static EndpointView (w, l) => new FixedEndpoint(w, l)).ToArray();
            var picker = new LeastRequest().CreatePicker(endpoints, LoadBalancing.Default);
            var table = WeightedTable.Create(endpoints);
            var random = new SeededRandomSource((ulong)sample.seed);
            for (var i = 0; i < 500; i++)
            {
                var seed = random.Next();
                var replay = new PickContext(seed);
                int first = table.Pick(ref replay), second = table.Pick(ref replay);
                second = second == first ? table.Pick(ref replay) : second;
                var context = new PickContext(seed);
                var picked = picker.Pick(ref context);
                var other = picked == first ? second : first;
                Property.Require(picked == first || picked == second, "neither of the pair");
                Property.Require(Load(endpoints[picked]) <= Load(endpoints[other]), $"{picked} was taken over the less loaded {other}");
            }
        },
        runs: 100);

    private static double Load(EndpointView endpoint) => (double)endpoint.ActiveRequests / endpoint.Weight;
}
