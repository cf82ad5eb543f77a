namespace Mesh.Configuration.Istio;

/// <summary>Connection and concurrency limits, per calling process. Source: Istio ConnectionPoolSettings.</summary>
public sealed record ConnectionPoolSpec
{
    /// <summary>Limits on connections.</summary>
    public TCPSettingsSpec? Tcp { get; init; }

    /// <summary>Limits on requests.</summary>
    public HTTPSettingsSpec? Http { get; init; }
}

/// <summary>Limits on connections. Source: Istio ConnectionPoolSettings.TCPSettings.</summary>
public sealed record TCPSettingsSpec
{
    /// <summary>Cap on connections; null or 0: none.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Time to open a connection, at least 1 ms. Default 10 s.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>TCP keep-alive; null: left to the operating system.</summary>
    public TcpKeepaliveSpec? TcpKeepalive { get; init; }

    /// <summary>Age at which a connection is closed, at least 1 ms; null: never.</summary>
    public TimeSpan? MaxConnectionDuration { get; init; }

    /// <summary>Time after which an idle connection is closed; used for HTTP when <see cref="HTTPSettingsSpec.IdleTimeout"/> is null.</summary>
    public TimeSpan? IdleTimeout { get; init; }
}

/// <summary>TCP keep-alive; what is null is left to the operating system. Source: Istio TcpKeepalive.</summary>
public sealed record TcpKeepaliveSpec
{
    /// <summary>Unanswered probes before a connection counts as dead.</summary>
    public int? Probes { get; init; }

    /// <summary>Idle time before the first probe.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>Time between probes.</summary>
    public TimeSpan? Interval { get; init; }
}

/// <summary>Limits on requests. Source: Istio ConnectionPoolSettings.HTTPSettings.</summary>
public sealed record HTTPSettingsSpec
{
    /// <summary>Requests that may wait for a connection; null or 0: no limit.</summary>
    public int? Http1MaxPendingRequests { get; init; }

    /// <summary>Requests in flight, whatever the version; null or 0: no limit.</summary>
    public int? Http2MaxRequests { get; init; }

    /// <summary>Requests after which a connection is closed; null or 0: no limit; 1: no keep-alive.</summary>
    public int? MaxRequestsPerConnection { get; init; }

    /// <summary>Retries in flight; null or 0: no limit.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>Time after which an idle connection is closed. Default one hour.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>Whether HTTP/1.1 requests travel over HTTP/2. Default: they do not.</summary>
    public H2UpgradePolicy? H2UpgradePolicy { get; init; }

    /// <summary>True keeps the caller's version, whatever else says. Default false.</summary>
    public bool? UseClientProtocol { get; init; }

    /// <summary>Streams per HTTP/2 connection; null or 0: no limit.</summary>
    public int? MaxConcurrentStreams { get; init; }

    /// <summary>HTTP/2 PING keep-alive; null: off.</summary>
    public Http2KeepAliveSpec? Http2KeepAlive { get; init; }
}

/// <summary>Whether HTTP/1.1 requests travel over HTTP/2. Source: Istio H2UpgradePolicy.</summary>
public enum H2UpgradePolicy
{
    /// <summary><c>DEFAULT</c>: the mesh's setting.</summary>
    Default,

    /// <summary><c>DO_NOT_UPGRADE</c>.</summary>
    DoNotUpgrade,

    /// <summary><c>UPGRADE</c>.</summary>
    Upgrade,
}

/// <summary>HTTP/2 PING keep-alive. Source: Istio ConnectionKeepalive.</summary>
public sealed record Http2KeepAliveSpec
{
    /// <summary>Time between PINGs.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Time to wait for the answer before the connection is closed.</summary>
    public TimeSpan? Timeout { get; init; }
}
