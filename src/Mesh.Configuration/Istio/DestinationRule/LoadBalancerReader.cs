using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Reads the balancing block of a policy.</summary>
internal static class LoadBalancerReader
{
    public static LoadBalancerSpec Read(ObjectReader reader)
    {
        reader.OneOf("simple", "consistentHash", "custom");
        return new LoadBalancerSpec
        {
            Simple = reader.Enum<SimpleLoadBalancer>(
                "simple",
                [
                    ("UNSPECIFIED", SimpleLoadBalancer.Unspecified), ("LEAST_CONN", SimpleLoadBalancer.LeastConn), ("RANDOM", SimpleLoadBalancer.Random),
                    ("PASSTHROUGH", SimpleLoadBalancer.PassThrough), ("ROUND_ROBIN", SimpleLoadBalancer.RoundRobin), ("LEAST_REQUEST", SimpleLoadBalancer.LeastRequest),
                ]),
            Custom = reader.Text("custom"),
            ConsistentHash = reader.Object("consistentHash", ReadConsistentHash),
            LocalityLbSetting = reader.Object("localityLbSetting", ReadLocality),
            ZoneAwareLbSetting = reader.Object("zoneAwareLbSetting", static r => new ZoneAwareLbSettingSpec
            {
                Enabled = r.Bool("enabled"),
                Failover = r.List("failover", ReadFailover),
                FailoverPriority = r.Strings("failoverPriority"),
                MinClusterSize = r.Int64("minClusterSize"),
            }),
            WarmupDurationSecs = reader.Duration("warmupDurationSecs"),
            Warmup = reader.Object("warmup", static r => new WarmupSpec
            {
                Duration = r.Duration("duration") ?? TimeSpan.Zero,
                MinimumPercent = r.Number("minimumPercent", double.MinValue, double.MaxValue),
                Aggression = r.Number("aggression", double.MinValue, double.MaxValue),
            }),
        };
    }

    private static ConsistentHashSpec ReadConsistentHash(ObjectReader reader)
    {
        reader.OneOf("httpHeaderName", "httpCookie", "useSourceIp", "httpQueryParameterName");
        reader.OneOf("ringHash", "maglev");
        return new ConsistentHashSpec
        {
            HttpHeaderName = reader.String("httpHeaderName"),
            HttpCookie = reader.Object("httpCookie", static r => new HTTPCookieSpec
            {
                Name = r.String("name") ?? "",
                Path = r.Text("path"),
                Ttl = r.Duration("ttl"),
                Attributes = r.List("attributes", static a => new HTTPCookieAttributeSpec { Name = a.RequiredString("name"), Value = a.Text("value") }),
            }),
            UseSourceIp = reader.Bool("useSourceIp"),
            HttpQueryParameterName = reader.String("httpQueryParameterName"),
            RingHash = reader.Object("ringHash", static r => new RingHashSpec { MinimumRingSize = r.Int64("minimumRingSize") }),
            Maglev = reader.Object("maglev", static r => new MaglevSpec { TableSize = r.Int64("tableSize") }),
            MinimumRingSize = reader.Int64("minimumRingSize"),
        };
    }

    public static LocalityLbSettingSpec ReadLocality(ObjectReader reader) => new()
    {
        Distribute = reader.List("distribute", static r => new LocalityDistributeSpec { From = r.String("from") ?? "", To = r.IntMap("to") }),
        Failover = reader.List("failover", ReadFailover),
        FailoverPriority = reader.Strings("failoverPriority"),
        Enabled = reader.Bool("enabled"),
    };

    private static LocalityFailoverSpec ReadFailover(ObjectReader reader) => new() { From = reader.String("from") ?? "", To = reader.String("to") ?? "" };
}
