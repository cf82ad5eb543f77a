using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Checks connection and concurrency limits.</summary>
internal static class ConnectionPoolValidator
{
    private const int MaxRequestsPerConnection = 1 << 29;

    public static void Validate(FieldScope at, ConnectionPoolSpec? pool)
    {
        if (pool is null)
        {
            return;
        }

        if (pool is { Tcp: null, Http: null })
        {
            at.Error("an empty connection pool; remove it, or add 'tcp' or 'http'");
        }

        Tcp(at["tcp"], pool.Tcp);
        Http(at["http"], pool.Http);
    }

    private static void Tcp(FieldScope at, TCPSettingsSpec? tcp)
    {
        if (tcp is null)
        {
            return;
        }

        at["maxConnections"].NotNegative(tcp.MaxConnections);
        at["connectTimeout"].PositiveDuration(tcp.ConnectTimeout);
        at["maxConnectionDuration"].PositiveDuration(tcp.MaxConnectionDuration);
        at["idleTimeout"].DurationOrZero(tcp.IdleTimeout);
        at["tcpKeepalive"]["time"].PositiveDuration(tcp.TcpKeepalive?.Time);
        at["tcpKeepalive"]["interval"].PositiveDuration(tcp.TcpKeepalive?.Interval);
        at["tcpKeepalive"]["probes"].NotNegative(tcp.TcpKeepalive?.Probes);
    }

    private static void Http(FieldScope at, HTTPSettingsSpec? http)
    {
        if (http is null)
        {
            return;
        }

        at["http1MaxPendingRequests"].NotNegative(http.Http1MaxPendingRequests);
        at["http2MaxRequests"].NotNegative(http.Http2MaxRequests);
        at["maxRequestsPerConnection"].NotNegative(http.MaxRequestsPerConnection);
        if (http.MaxRequestsPerConnection > MaxRequestsPerConnection)
        {
            at["maxRequestsPerConnection"].Error($"must be at most {MaxRequestsPerConnection}; leave it out for no limit");
        }

        if (http.MaxRequestsPerConnection is > 1)
        {
            at["maxRequestsPerConnection"].HasNoEffect("only 1 (no keep-alive) acts; use tcp.maxConnectionDuration to recycle connections");
        }

        at["maxRetries"].NotNegative(http.MaxRetries);
        at["maxConcurrentStreams"].NotNegative(http.MaxConcurrentStreams);
        if (http.MaxConcurrentStreams is > 0)
        {
            at["maxConcurrentStreams"].HasNoEffect("the endpoint says how many streams a connection carries; another connection is opened when it is full");
        }

        at["idleTimeout"].DurationOrZero(http.IdleTimeout);
        if (http.UseClientProtocol is true && http.H2UpgradePolicy is H2UpgradePolicy.Upgrade)
        {
            at["h2UpgradePolicy"].Error("useClientProtocol keeps the caller's version, so nothing is upgraded; remove one of the two");
        }

        if (http.Http2KeepAlive is { } keepAlive)
        {
            Required(at["http2KeepAlive"]["interval"], keepAlive.Interval);
            Required(at["http2KeepAlive"]["timeout"], keepAlive.Timeout);
        }
    }

    private static void Required(FieldScope at, TimeSpan? duration)
    {
        if (duration is null)
        {
            at.Error("is required; write a duration such as 10s");
        }
        else
        {
            at.PositiveDuration(duration);
        }
    }
}
