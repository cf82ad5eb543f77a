using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>
/// Sticky balancing. Source: Istio LoadBalancerSettings.ConsistentHashLB. Exactly one key is set; of the structures at most one.
/// </summary>
public sealed record ConsistentHashSpec
{
    /// <summary>Hash this request header.</summary>
    public string? HttpHeaderName { get; init; }

    /// <summary>Hash this cookie.</summary>
    public HTTPCookieSpec? HttpCookie { get; init; }

    /// <summary>Hash the address of the caller.</summary>
    public bool? UseSourceIp { get; init; }

    /// <summary>Hash this query parameter.</summary>
    public string? HttpQueryParameterName { get; init; }

    /// <summary>Ring hash; used when no structure is named.</summary>
    public RingHashSpec? RingHash { get; init; }

    /// <summary>Maglev table.</summary>
    public MaglevSpec? Maglev { get; init; }

    /// <summary>Old form of <see cref="RingHashSpec.MinimumRingSize"/>.</summary>
    public long? MinimumRingSize { get; init; }
}

/// <summary>Ring hash. Source: Istio ConsistentHashLB.RingHash.</summary>
public sealed record RingHashSpec
{
    /// <summary>Least number of ring entries. Default 1024.</summary>
    public long? MinimumRingSize { get; init; }
}

/// <summary>Maglev table. Source: Istio ConsistentHashLB.MagLev.</summary>
public sealed record MaglevSpec
{
    /// <summary>Length of the table, a prime below 5000011. Default 65537.</summary>
    public long? TableSize { get; init; }
}

/// <summary>The cookie of a sticky request. Source: Istio ConsistentHashLB.HTTPCookie.</summary>
public sealed record HTTPCookieSpec
{
    /// <summary>Name of the cookie.</summary>
    public required string Name { get; init; }

    /// <summary>Path of a generated cookie.</summary>
    public string? Path { get; init; }

    /// <summary>Lifetime of a generated cookie; null: never generated; zero: a session cookie.</summary>
    public TimeSpan? Ttl { get; init; }

    /// <summary>More attributes of a generated cookie.</summary>
    public ModelList<HTTPCookieAttributeSpec> Attributes { get; init; } = [];
}

/// <summary>An attribute of a generated cookie. Source: Istio ConsistentHashLB.HTTPCookie.Attribute.</summary>
public sealed record HTTPCookieAttributeSpec
{
    /// <summary>Name, for example <c>SameSite</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Value; null: none.</summary>
    public string? Value { get; init; }
}
