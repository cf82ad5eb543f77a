namespace Mesh.PropertyTests.Balancing;

/// <summary>Compares counts with shares.</summary>
internal static class Shares
{
    /// <summary>
    /// Each count lies within six standard deviations of the binomial distribution of its share: by chance it leaves them once in 10⁹ cases,
    /// a share that is wrong by a few percent of itself leaves them nearly always.
    /// </summary>
    public static void RequireClose(IReadOnlyList<int> counts, IReadOnlyList<double> weights, string what)
    {
        double draws = counts.Sum();
        var sum = weights.Sum();
        for (var i = 0; i < counts.Count; i++)
        {
            var share = weights[i] / sum;
            var expected = draws * share;
            var tolerance = (6 * Math.Sqrt(draws * share * (1 - share))) + 2;
            Property.Require(Math.Abs(counts[i] - expected) <= tolerance, $"{what}: {i} was drawn {counts[i]} times of {draws}, {expected:0} ± {tolerance:0} expected");
        }
    }
}
