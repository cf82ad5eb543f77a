using FsCheck.Fluent;
using Mesh.Client.Balancing;
using Mesh.Client.Resilience;
using Mesh.Model;

namespace Mesh.PropertyTests.Resilience;

/// <summary>Pauses between tries.</summary>
[TestFixture]
public class BackoffTests
{
    [Test]
    public void Default_bounds_are_Envoys() =>
        Assert.That(
            Enumerable.Range(1, 7).Select(static n => Backoff.Bound(RetryPolicy.Default, n).TotalMilliseconds),
            Is.EqualTo(new[] { 25, 50, 100, 200, 250, 250, 250 }));

    [Test]
    public void A_pause_lies_below_its_bound_and_bounds_double_up_to_the_maximum() => Property.ForAll(
        from start in Gen.Choose(1, 5_000)
        from factor in Gen.Choose(1, 50)
        from extra in Gen.Choose(0, 999)
        from retry in Gen.Choose(1, 200)
        from seed in Gen.Choose(1, int.MaxValue)
        select (Base: start, Max: (start * factor) + extra, retry, seed),
        static sample =>
        {
            var policy = RetryPolicy.Default with { BackoffBase = TimeSpan.FromMilliseconds(sample.Base), BackoffMax = TimeSpan.FromMilliseconds(sample.Max) };
            var expected = Math.Min(sample.Base * Math.Pow(2, sample.retry - 1), sample.Max);
            Property.Require(Backoff.Bound(policy, sample.retry).TotalMilliseconds == expected, $"bound {Backoff.Bound(policy, sample.retry)}, expected {expected} ms");
            var random = new SeededRandomSource((ulong)sample.seed);
            for (var i = 0; i < 20; i++)
            {
                var pause = Backoff.Next(policy, sample.retry, random).TotalMilliseconds;
                Property.Require(pause >= 0 && pause < expected && pause == Math.Floor(pause), $"pause of {pause} ms under a bound of {expected} ms");
            }
        },
        runs: 2_000);
}
