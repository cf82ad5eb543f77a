using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>How endpoints are picked. Source: Istio LoadBalancerSettings.</summary>
public sealed record LoadBalancerSpec
{
    /// <summary>One of the plain algorithms; excludes <see cref="ConsistentHash"/>.</summary>
    public SimpleLoadBalancer? Simple { get; init; }

    /// <summary>An algorithm registered with the mesh under this name (an extension, not in Istio); excludes <see cref="Simple"/>.</summary>
    public string? Custom { get; init; }

    /// <summary>Sticky by a key of the request.</summary>
    public ConsistentHashSpec? ConsistentHash { get; init; }

    /// <summary>Locality rules; they replace the mesh's wholly.</summary>
    public LocalityLbSettingSpec? LocalityLbSetting { get; init; }

    /// <summary>Zone-aware routing.</summary>
    public ZoneAwareLbSettingSpec? ZoneAwareLbSetting { get; init; }

    /// <summary>Old form of <see cref="Warmup"/>: the window alone.</summary>
    public TimeSpan? WarmupDurationSecs { get; init; }

    /// <summary>Slow start of new endpoints; ROUND_ROBIN and LEAST_REQUEST only.</summary>
    public WarmupSpec? Warmup { get; init; }
}

/// <summary>The plain algorithms. Source: Istio LoadBalancerSettings.SimpleLB.</summary>
public enum SimpleLoadBalancer
{
    /// <summary><c>UNSPECIFIED</c>: LEAST_REQUEST.</summary>
    Unspecified,

    /// <summary><c>LEAST_CONN</c>: old name of LEAST_REQUEST.</summary>
    LeastConn,

    /// <summary><c>RANDOM</c>.</summary>
    Random,

    /// <summary><c>PASSTHROUGH</c>: the host and port the request names.</summary>
    PassThrough,

    /// <summary><c>ROUND_ROBIN</c>.</summary>
    RoundRobin,

    /// <summary><c>LEAST_REQUEST</c>.</summary>
    LeastRequest,
}

/// <summary>Slow start. Source: Istio WarmupConfiguration.</summary>
public sealed record WarmupSpec
{
    /// <summary>Window after which an endpoint has its full weight.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Share of its weight an endpoint starts with, 0–100. Default 10.</summary>
    public double? MinimumPercent { get; init; }

    /// <summary>Exponent of the curve, at least 1. Default 1, linear.</summary>
    public double? Aggression { get; init; }
}

/// <summary>Locality rules. Source: Istio LocalityLoadBalancerSetting. At most one of the three is set.</summary>
public sealed record LocalityLbSettingSpec
{
    /// <summary>Explicit shares.</summary>
    public ModelList<LocalityDistributeSpec> Distribute { get; init; } = [];

    /// <summary>Region to region fallback.</summary>
    public ModelList<LocalityFailoverSpec> Failover { get; init; } = [];

    /// <summary>Label names that rank endpoints against the caller.</summary>
    public ModelList<string> FailoverPriority { get; init; } = [];

    /// <summary>Turns locality balancing on or off here. Default true.</summary>
    public bool? Enabled { get; init; }
}

/// <summary>Explicit shares for callers of one place. Source: Istio LocalityLoadBalancerSetting.Distribute.</summary>
public sealed record LocalityDistributeSpec
{
    /// <summary>Place of the caller, <c>region/zone/subzone</c>, with <c>*</c> at the end allowed.</summary>
    public required string From { get; init; }

    /// <summary>Places and weights that sum to 100.</summary>
    public ModelMap<int> To { get; init; } = ModelMap<int>.Empty;
}

/// <summary>Region to region fallback. Source: Istio LocalityLoadBalancerSetting.Failover.</summary>
public sealed record LocalityFailoverSpec
{
    /// <summary>Region of the caller.</summary>
    public required string From { get; init; }

    /// <summary>Region to fall back to.</summary>
    public required string To { get; init; }
}

/// <summary>Zone-aware routing. Source: Istio ZoneAwareLoadBalancerSetting.</summary>
public sealed record ZoneAwareLbSettingSpec
{
    /// <summary>On unless false.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Region fallback order.</summary>
    public ModelList<LocalityFailoverSpec> Failover { get; init; } = [];

    /// <summary>Label names that rank endpoints.</summary>
    public ModelList<string> FailoverPriority { get; init; } = [];

    /// <summary>Endpoints of the own region needed. Default 6.</summary>
    public long? MinClusterSize { get; init; }
}
