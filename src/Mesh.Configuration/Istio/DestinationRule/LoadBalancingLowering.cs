using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Makes the balancing of a cluster.</summary>
internal static class LoadBalancingLowering
{
    public static LoadBalancing Lower(LoadBalancerSpec? spec, LocalityLbSettingSpec? meshLocality, bool hasOutlierDetection)
    {
        // A rule's block replaces the mesh's wholly.
        var locality = Locality(spec?.LocalityLbSetting ?? meshLocality, hasOutlierDetection);
        if (spec is null)
        {
            return locality is null ? LoadBalancing.Default : LoadBalancing.Default with { Locality = locality };
        }

        var algorithm = spec.Custom ?? spec.Simple switch
        {
            SimpleLoadBalancer.RoundRobin => LoadBalancingAlgorithms.RoundRobin,
            SimpleLoadBalancer.Random => LoadBalancingAlgorithms.Random,
            SimpleLoadBalancer.PassThrough => LoadBalancingAlgorithms.PassThrough,
            _ => LoadBalancingAlgorithms.LeastRequest,
        };
        return new LoadBalancing
        {
            Algorithm = algorithm,
            ConsistentHash = Hash(spec.ConsistentHash),
            Warmup = algorithm is LoadBalancingAlgorithms.RoundRobin or LoadBalancingAlgorithms.LeastRequest && spec.ConsistentHash is null ? Warmup(spec) : null,
            Locality = locality,
        };
    }

    private static ConsistentHash? Hash(ConsistentHashSpec? spec)
    {
        if (spec is null)
        {
            return null;
        }

        var defaults = new ConsistentHash();
        return new ConsistentHash
        {
            HttpHeaderName = spec.HttpHeaderName,
            HttpCookieName = spec.HttpCookie?.Name,
            HttpCookiePath = spec.HttpCookie?.Path,
            HttpCookieTtl = spec.HttpCookie?.Ttl,
            HttpCookieAttributes = [.. (spec.HttpCookie?.Attributes ?? []).Select(static a => new CookieAttribute(a.Name, a.Value))],
            UseSourceIp = spec.UseSourceIp ?? false,
            HttpQueryParameterName = spec.HttpQueryParameterName,
            Maglev = spec.Maglev is not null,
            MinimumRingSize = Positive(spec.RingHash?.MinimumRingSize ?? spec.MinimumRingSize, defaults.MinimumRingSize),
            TableSize = Positive(spec.Maglev?.TableSize, defaults.TableSize),
        };
    }

    private static long Positive(long? value, long otherwise) => value is > 0 ? value.Value : otherwise;

    private static Warmup? Warmup(LoadBalancerSpec spec)
    {
        if (spec.Warmup is { } warmup)
        {
            return new Warmup(warmup.Duration, warmup.MinimumPercent ?? 10, warmup.Aggression ?? 1);
        }

        return spec.WarmupDurationSecs is { } duration ? new Warmup(duration) : null;
    }

    // On mesh-wide, but priorities by place act only where endpoints can be ejected; explicit shares always do.
    private static LocalityPolicy? Locality(LocalityLbSettingSpec? setting, bool hasOutlierDetection)
    {
        if (setting is null)
        {
            return hasOutlierDetection ? new LocalityPolicy() : null;
        }

        return setting.Enabled is false || (setting.Distribute.Count == 0 && !hasOutlierDetection) ? null : new LocalityPolicy
        {
            Distribute = [.. setting.Distribute.Select(static d => new LocalityDistribution(d.From, d.To))],
            Failover = setting.Failover.Select(static f => KeyValuePair.Create(f.From, f.To)).ToModelMap(),
            FailoverPriority = setting.FailoverPriority,
        };
    }
}
