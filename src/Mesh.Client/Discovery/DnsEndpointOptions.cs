namespace Mesh.Client.Discovery;

/// <summary>How names are looked up and kept fresh. Source of the defaults: Istio's <c>meshConfig.dnsRefreshRate</c>, Envoy's <c>dns_failure_refresh_rate</c>.</summary>
public sealed class DnsEndpointOptions
{
    /// <summary>Time between two lookups of a name that resolves. Default 60 s.</summary>
    public TimeSpan RefreshPeriod { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Time to the second lookup after one that failed; doubles with every further failure, with jitter. Default 1 s.</summary>
    public TimeSpan MinRetryPeriod { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest time between lookups that fail. Default 30 s.</summary>
    public TimeSpan MaxRetryPeriod { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A lookup that takes longer counts as failed. Default 5 s.</summary>
    public TimeSpan LookupTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Which addresses of a name become endpoints. Default <see cref="DnsLookupFamily.V4Preferred"/>.</summary>
    public DnsLookupFamily LookupFamily { get; set; }
}

/// <summary>Which addresses of a name are used. Source: Envoy <c>DnsLookupFamily</c>.</summary>
public enum DnsLookupFamily
{
    /// <summary>The IPv4 addresses, or the IPv6 addresses of a name that has no others. A server that listens on one family only is then no half-dead service.</summary>
    V4Preferred,

    /// <summary>The IPv6 addresses, or the IPv4 addresses of a name that has no others (Envoy's <c>AUTO</c>).</summary>
    V6Preferred,

    /// <summary>IPv4 addresses only.</summary>
    V4Only,

    /// <summary>IPv6 addresses only.</summary>
    V6Only,

    /// <summary>All addresses, each an endpoint.</summary>
    All,
}
