using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Checks the balancing block of a policy.</summary>
internal static class LoadBalancerValidator
{
    private const long MaxTableSize = 5000011;

    public static void Validate(FieldScope at, LoadBalancerSpec? balancer, bool hasOutlierDetection)
    {
        if (balancer is null)
        {
            return;
        }

        if ((balancer.Simple is null ? 0 : 1) + (balancer.ConsistentHash is null ? 0 : 1) + (balancer.Custom is null ? 0 : 1) > 1)
        {
            at.Error("only one of 'simple', 'consistentHash' and 'custom' may be set");
        }

        ConsistentHash(at["consistentHash"], balancer.ConsistentHash);
        Warmup(at, balancer);
        LocalityValidator.Validate(at, balancer, hasOutlierDetection);
        NotActedOn(at, balancer);
    }

    private static void NotActedOn(FieldScope at, LoadBalancerSpec balancer)
    {
        if (balancer.ConsistentHash is not null)
        {
            at["consistentHash"].NotActedOnYet();
        }

        if (balancer.Warmup is not null)
        {
            at["warmup"].NotActedOnYet();
        }

        if (balancer.ZoneAwareLbSetting is not null)
        {
            at["zoneAwareLbSetting"].NotActedOnYet();
        }

        if (balancer.WarmupDurationSecs is not null)
        {
            at["warmupDurationSecs"].Advice("deprecated; write warmup: {duration: …}");
        }
    }

    private static void ConsistentHash(FieldScope at, ConsistentHashSpec? hash)
    {
        if (hash is null)
        {
            return;
        }

        var keys = (hash.HttpHeaderName is null ? 0 : 1) + (hash.HttpCookie is null ? 0 : 1) + (hash.UseSourceIp is null ? 0 : 1) + (hash.HttpQueryParameterName is null ? 0 : 1);
        if (keys == 0)
        {
            at.Advice("without a key endpoints are picked at random; add 'httpHeaderName', 'httpCookie', 'useSourceIp' or 'httpQueryParameterName'");
        }
        else if (keys > 1)
        {
            at.Error("only one key may be set");
        }

        if (hash.HttpHeaderName is "")
        {
            at["httpHeaderName"].LoadError("a header needs a name");
        }

        if (hash.HttpQueryParameterName is "")
        {
            at["httpQueryParameterName"].LoadError("a query parameter needs a name");
        }

        if (hash.HttpCookie is { } cookie)
        {
            if (cookie.Name.Length == 0)
            {
                at["httpCookie"]["name"].Error("a cookie needs a name");
            }

            var attributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < cookie.Attributes.Count; i++)
            {
                if (!attributes.Add(cookie.Attributes[i].Name))
                {
                    at["httpCookie"]["attributes"][i].Error($"the attribute '{cookie.Attributes[i].Name}' is there already; keep one of them");
                }
            }
        }

        if (hash.RingHash is not null && hash.Maglev is not null)
        {
            at["maglev"].Error("only one of 'ringHash' and 'maglev' may be set");
        }

        if (hash.MinimumRingSize is not (null or 0))
        {
            at["minimumRingSize"].Warning("deprecated; write ringHash: {minimumRingSize: …}");
            if (hash.Maglev is not null || hash.RingHash is not null)
            {
                at["minimumRingSize"].Error("only one of minimumRingSize and 'maglev' or 'ringHash' may be set; remove it");
            }
        }

        at["minimumRingSize"].NotNegative(hash.MinimumRingSize);
        at["ringHash"]["minimumRingSize"].NotNegative(hash.RingHash?.MinimumRingSize);
        // No size is a size of 0: the number has no presence of its own, and Istio fills in no default.
        if (hash.Maglev is { } maglev && (maglev.TableSize ?? 0) is var size && (size >= MaxTableSize || !IsPrime(size)))
        {
            at["maglev"]["tableSize"].Error($"must be a prime number below {MaxTableSize}, such as 65537");
        }
    }

    // As Envoy counts, which takes 1 for a prime.
    private static bool IsPrime(long number)
    {
        if (number < 1)
        {
            return false;
        }

        for (long divisor = 2; divisor * divisor <= number; divisor++)
        {
            if (number % divisor == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static void Warmup(FieldScope at, LoadBalancerSpec balancer)
    {
        if (balancer.Warmup is not null && balancer.WarmupDurationSecs is not null)
        {
            at["warmupDurationSecs"].Error("only one of 'warmup' and 'warmupDurationSecs' may be set; keep 'warmup'");
        }

        at["warmupDurationSecs"].PositiveDuration(balancer.WarmupDurationSecs);
        if (balancer.Warmup is { } warmup)
        {
            at["warmup"]["duration"].PositiveDuration(warmup.Duration);
            at["warmup"]["minimumPercent"].Percent(warmup.MinimumPercent);
            if (warmup.Aggression < 1)
            {
                at["warmup"]["aggression"].Error("must be at least 1; 1 is linear");
            }
        }

        if ((balancer.Warmup is not null || balancer.WarmupDurationSecs is not null)
            && (balancer.ConsistentHash is not null || balancer.Simple is SimpleLoadBalancer.Random or SimpleLoadBalancer.PassThrough))
        {
            at[balancer.Warmup is null ? "warmupDurationSecs" : "warmup"].Error("only ROUND_ROBIN and LEAST_REQUEST warm up; change 'simple', or remove it");
        }
    }
}
