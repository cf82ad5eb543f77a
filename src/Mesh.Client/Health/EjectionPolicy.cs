using Mesh.Model;

namespace Mesh.Client.Health;

/// <summary>
/// Whether and how long an endpoint is ejected. Source: ENVOY §9. Two deliberate differences, both towards less harm (docs/adr/0004): an ejection ends
/// exactly when it is due instead of at the next sweep, and the multiplier falls by one per interval of good behaviour, computed when next needed.
/// </summary>
internal static class EjectionPolicy
{
    /// <summary>Whether one more endpoint of <paramref name="hosts"/> may be ejected.</summary>
    public static bool Allows(int ejected, int hosts, OutlierDetection policy) => hosts > 0 && 100.0 * (ejected + 1) / hosts <= policy.MaxEjectionPercent;

    /// <summary>The multiplier of the next ejection of an endpoint that was last ejected with <paramref name="multiplier"/> and has been well since.</summary>
    public static int NextMultiplier(int multiplier, TimeSpan wellFor, OutlierDetection policy)
    {
        var forgiven = policy.Interval > TimeSpan.Zero ? (int)Math.Min(wellFor / policy.Interval, int.MaxValue / 2) : 0;
        var next = Math.Max(0, multiplier - forgiven) + 1;

        // Beyond the longest ejection a larger multiplier would only take longer to forget.
        var longest = policy.BaseEjectionTime > TimeSpan.Zero ? (int)Math.Ceiling(policy.MaxEjectionTime / policy.BaseEjectionTime) + 1 : 1;
        return Math.Min(next, longest);
    }

    /// <summary>Length of an ejection.</summary>
    public static TimeSpan Duration(int multiplier, OutlierDetection policy)
    {
        var wanted = policy.BaseEjectionTime * multiplier;
        var cap = policy.MaxEjectionTime > policy.BaseEjectionTime ? policy.MaxEjectionTime : policy.BaseEjectionTime;
        return wanted < cap ? wanted : cap;
    }
}
