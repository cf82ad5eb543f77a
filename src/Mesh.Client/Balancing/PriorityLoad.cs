namespace Mesh.Client.Balancing;

/// <summary>The hosts of one priority, counted by health.</summary>
/// <param name="Hosts">All of them.</param>
/// <param name="Healthy">Those that are well.</param>
/// <param name="Degraded">Those that serve when the healthy do not suffice.</param>
internal readonly record struct PriorityHealth(int Hosts, int Healthy, int Degraded);

/// <summary>What share of the requests a priority gets.</summary>
/// <param name="Healthy">Points of 100 for its healthy hosts.</param>
/// <param name="Degraded">Points of 100 for its degraded hosts.</param>
/// <param name="IsPanic">True when so few of its hosts are well that all of them are used.</param>
internal readonly record struct PriorityShare(int Healthy, int Degraded, bool IsPanic);

/// <summary>
/// Hands 100 points out over priorities: a priority keeps all of its traffic as long as 71.43 % of it (100 / 1.4) is healthy, and what it
/// cannot take spills over to the next. Source: ENVOY §2 (priorities, overprovisioning, panic); integer division as there.
/// </summary>
internal static class PriorityLoad
{
    /// <summary>Envoy's overprovisioning factor, percent.</summary>
    public const int OverprovisioningFactor = 140;

    /// <param name="priorities">Health of each priority, the first one first.</param>
    /// <param name="panicThreshold">Percent of healthy hosts below which a priority is in panic; 0: never.</param>
    public static PriorityShare[] Compute(ReadOnlySpan<PriorityHealth> priorities, int panicThreshold)
    {
        var shares = new PriorityShare[priorities.Length];
        var total = Math.Min(100, Availability(priorities));
        var panicking = 0;
        for (var i = 0; i < shares.Length; i++)
        {
            var isPanic = total < 100 && IsPanic(priorities[i], panicThreshold);
            panicking += isPanic ? 1 : 0;
            shares[i] = new PriorityShare(0, 0, isPanic);
        }

        if (panicking == shares.Length && panicking > 0)
        {
            ByHosts(priorities, shares);
        }
        else if (total == 0)
        {
            // Nobody is well anywhere: the first priority is asked, and has nothing to give.
            shares[0] = shares[0] with { Healthy = 100 };
        }
        else
        {
            ByHealth(priorities, shares, total);
        }

        return shares;
    }

    private static void ByHealth(ReadOnlySpan<PriorityHealth> priorities, PriorityShare[] shares, int total)
    {
        var left = 100;
        for (var i = 0; i < shares.Length; i++)
        {
            var load = Math.Min(left, Health(priorities[i].Healthy, priorities[i].Hosts) * 100 / total);
            shares[i] = shares[i] with { Healthy = load };
            left -= load;
        }

        for (var i = 0; i < shares.Length; i++)
        {
            var load = Math.Min(left, Health(priorities[i].Degraded, priorities[i].Hosts) * 100 / total);
            shares[i] = shares[i] with { Degraded = load };
            left -= load;
        }

        // What rounding has left over goes to the first priority that has somebody well.
        for (var i = 0; i < shares.Length && left > 0; i++)
        {
            if (Health(priorities[i].Healthy, priorities[i].Hosts) > 0)
            {
                shares[i] = shares[i] with { Healthy = shares[i].Healthy + left };
                left = 0;
            }
        }

        for (var i = 0; i < shares.Length && left > 0; i++)
        {
            if (Health(priorities[i].Degraded, priorities[i].Hosts) > 0)
            {
                shares[i] = shares[i] with { Degraded = shares[i].Degraded + left };
                left = 0;
            }
        }
    }

    /// <summary>Every priority is in panic: traffic goes by the number of hosts.</summary>
    private static void ByHosts(ReadOnlySpan<PriorityHealth> priorities, PriorityShare[] shares)
    {
        var all = 0;
        var first = 0;
        for (var i = priorities.Length - 1; i >= 0; i--)
        {
            all += priorities[i].Hosts;
            first = priorities[i].Hosts > 0 ? i : first;
        }

        var left = 100;
        for (var i = 0; i < shares.Length && all > 0; i++)
        {
            var load = 100 * priorities[i].Hosts / all;
            shares[i] = shares[i] with { Healthy = load };
            left -= load;
        }

        shares[first] = shares[first] with { Healthy = shares[first].Healthy + left };
    }

    private static int Availability(ReadOnlySpan<PriorityHealth> priorities)
    {
        var sum = 0;
        foreach (var priority in priorities)
        {
            sum += Health(priority.Healthy, priority.Hosts) + Health(priority.Degraded, priority.Hosts);
        }

        return sum;
    }

    private static int Health(int good, int hosts) => hosts == 0 ? 0 : Math.Min(100, OverprovisioningFactor * good / hosts);

    private static bool IsPanic(PriorityHealth priority, int threshold) =>
        threshold > 0 && (priority.Hosts == 0 ? 0 : (100.0 * priority.Healthy / priority.Hosts) + (100.0 * priority.Degraded / priority.Hosts)) < threshold;
}
