using Mesh.Client.Balancing;
using Mesh.Model;

namespace Mesh.Client.Resilience;

/// <summary>
/// Fully jittered exponential back-off. Source: ENVOY §13: the bound starts at the base, a pause is drawn uniformly below it in whole milliseconds,
/// then the bound doubles up to the maximum: 25, 50, 100, 200, 250, 250 … by default. A least pause (GATEWAY_API §8) comes before what is drawn.
/// </summary>
internal static class Backoff
{
    /// <summary>The pause before the retry of this number, counted from 1.</summary>
    public static TimeSpan Next(RetryPolicy policy, int retry, RandomSource random)
    {
        var bound = (long)Bound(policy, retry).TotalMilliseconds;
        return policy.BackoffMinimum + (bound <= 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds((double)(random.Next() % (ulong)bound)));
    }

    /// <summary>The bound of the pause before the retry of this number.</summary>
    public static TimeSpan Bound(RetryPolicy policy, int retry)
    {
        var bound = policy.BackoffBase;
        for (var i = 1; i < retry; i++)
        {
            bound = bound < policy.BackoffMax / 2 ? bound * 2 : policy.BackoffMax;
        }

        return bound < policy.BackoffMax ? bound : policy.BackoffMax;
    }
}
