using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Checks locality rules. Source: Istio validateLocalityLbSetting.</summary>
internal static class LocalityValidator
{
    private const string RegionLabel = "topology.kubernetes.io/region";
    private const string ZoneLabel = "topology.kubernetes.io/zone";
    private const string SubZoneLabel = "topology.istio.io/subzone";

    public static void Validate(FieldScope at, LoadBalancerSpec balancer, bool hasOutlierDetection)
    {
        if (balancer.LocalityLbSetting is { } setting)
        {
            Setting(at["localityLbSetting"], setting, hasOutlierDetection);
        }

        if (balancer.ZoneAwareLbSetting is { } zone)
        {
            ZoneAware(at["zoneAwareLbSetting"], zone);
            if (balancer.LocalityLbSetting is not null)
            {
                at["zoneAwareLbSetting"].Error("only one of 'localityLbSetting' and 'zoneAwareLbSetting' may be set");
            }
        }
    }

    private static void ZoneAware(FieldScope at, ZoneAwareLbSettingSpec zone)
    {
        Failover(at["failover"], zone.Failover);
        OrderedTwice(at, zone.Failover, zone.FailoverPriority, [RegionLabel]);
        foreach (var label in (ReadOnlySpan<string>)[ZoneLabel, SubZoneLabel])
        {
            if (zone.FailoverPriority.Contains(label))
            {
                at["failoverPriority"].Error($"zones are balanced by themselves here; remove {label}");
            }
        }
    }

    private static bool OrderedTwice(FieldScope at, ModelList<LocalityFailoverSpec> failover, ModelList<string> priority, ReadOnlySpan<string> labels)
    {
        var found = false;
        foreach (var label in labels)
        {
            if (failover.Count > 0 && priority.Contains(label))
            {
                at["failoverPriority"].Error($"'failover' orders places already; remove it, or {label}");
                found = true;
            }
        }

        return found;
    }

    // As in Istio, a mistake ends the check where what follows would be about the same thing.
    private static void Setting(FieldScope at, LocalityLbSettingSpec setting, bool hasOutlierDetection)
    {
        if (setting.Distribute.Count > 0 && setting.Failover.Count > 0)
        {
            at.Error("'distribute' excludes 'failover'; keep one of them");
            return;
        }

        if (OrderedTwice(at, setting.Failover, setting.FailoverPriority, [RegionLabel, ZoneLabel, SubZoneLabel]))
        {
            return;
        }

        for (var i = 0; i < setting.Distribute.Count; i++)
        {
            if (!Distribute(at["distribute"][i], setting.Distribute[i]))
            {
                return;
            }
        }

        Places(at["distribute"], [.. setting.Distribute.Select(static d => d.From)]);
        if ((setting.Failover.Count > 0 || setting.FailoverPriority.Count > 0) && !hasOutlierDetection)
        {
            at.Warning("fails over only when endpoints can be ejected; add 'outlierDetection' to the policy");
        }

        Failover(at["failover"], setting.Failover);
    }

    private static bool Distribute(FieldScope at, LocalityDistributeSpec rule)
    {
        var isRight = true;
        long sum = 0;
        foreach (var (place, weight) in rule.To)
        {
            if (weight is < 1 or > 100)
            {
                at["to"][place].Error($"a weight lies between 1 and 100, not {weight}; leave the place out for none");
                isRight = false;
            }

            sum += weight;
        }

        if (sum != 100)
        {
            at["to"].Error($"the weights sum to {sum}; they must sum to 100");
            isRight = false;
        }

        Places(at["to"], [.. rule.To.Select(static t => t.Key)]);
        return isRight;
    }

    private static void Failover(FieldScope at, ModelList<LocalityFailoverSpec> rules)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            var (from, to) = (rules[i].From, rules[i].To);
            if (from == to)
            {
                at[i].Error($"fails over from '{from}' to itself; name another region");
            }
            else if (from.Length == 0 || to.Length == 0)
            {
                at[i].LoadError("needs both regions, 'from' and 'to'");
            }
            else if (from.AsSpan().IndexOfAny("/*") >= 0 || to.AsSpan().IndexOfAny("/*") >= 0)
            {
                at[i].Error("names regions only, without zone and without '*'");
            }
        }
    }

    /// <summary>
    /// Places may not cover one another. As in Istio, a place is compared with those before it, level by level: what names fewer levels
    /// stands for all below, and so does a star, but only for places behind it.
    /// </summary>
    public static void Places(FieldScope at, IReadOnlyList<string> places)
    {
        var levels = new string[places.Count][];
        for (var i = 0; i < places.Count; i++)
        {
            levels[i] = places[i].Split('/', 3);
            if (levels[i].Contains("", StringComparer.Ordinal))
            {
                at.Error($"'{places[i]}' has an empty level; write region/zone/subzone");
            }

            var star = places[i].IndexOf('*');
            if (star >= 0 && star < places[i].Length - 1)
            {
                at.Error($"'{places[i]}': '*' may only stand at the end");
            }

            for (var j = 0; j < i; j++)
            {
                if (Overlap(levels[j], levels[i]))
                {
                    at.Error($"'{places[j]}' and '{places[i]}' overlap; write places that exclude each other");
                }
            }
        }
    }

    private static bool Overlap(string[] earlier, string[] later)
    {
        for (var level = 0; level < earlier.Length && level < later.Length; level++)
        {
            if (earlier[level] == "*")
            {
                return true;
            }

            if (earlier[level] != later[level])
            {
                return false;
            }
        }

        return true;
    }
}
