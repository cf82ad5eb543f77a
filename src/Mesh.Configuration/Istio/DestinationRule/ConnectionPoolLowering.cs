using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Makes the limits of a cluster. A limit of 0 is none, as in Istio; an idle time of 0 means never.</summary>
internal static class ConnectionPoolLowering
{
    public static ConnectionPool Lower(ConnectionPoolSpec? spec, MeshConfigSpec mesh)
    {
        var defaults = mesh.ConnectTimeout is null && mesh.TcpKeepalive is null ? ConnectionPool.Default : ConnectionPool.Default with
        {
            ConnectTimeout = mesh.ConnectTimeout ?? ConnectionPool.Default.ConnectTimeout,
            TcpKeepalive = Keepalive(mesh.TcpKeepalive),
        };
        if (spec is null)
        {
            return defaults;
        }

        var (tcp, http) = (spec.Tcp ?? new TCPSettingsSpec(), spec.Http ?? new HTTPSettingsSpec());
        return new ConnectionPool
        {
            MaxConnections = Limit(tcp.MaxConnections),
            ConnectTimeout = tcp.ConnectTimeout ?? defaults.ConnectTimeout,
            TcpKeepalive = Keepalive(tcp.TcpKeepalive) ?? defaults.TcpKeepalive,
            MaxConnectionDuration = tcp.MaxConnectionDuration,
            MaxPendingRequests = Limit(http.Http1MaxPendingRequests),
            MaxRequests = Limit(http.Http2MaxRequests),
            MaxRequestsPerConnection = http.MaxRequestsPerConnection ?? 0,
            MaxRetries = Limit(http.MaxRetries),
            IdleTimeout = Idle(http.IdleTimeout ?? tcp.IdleTimeout, defaults.IdleTimeout),
            UpgradeToHttp2 = http.H2UpgradePolicy is H2UpgradePolicy.Upgrade && http.UseClientProtocol is not true,
            UseClientProtocol = http.UseClientProtocol ?? false,
            MaxConcurrentStreams = Limit(http.MaxConcurrentStreams),
            Http2KeepAlive = http.Http2KeepAlive is { Interval: { } interval, Timeout: { } timeout } ? new Http2KeepAlive(interval, timeout) : null,
        };
    }

    private static TcpKeepalive? Keepalive(TcpKeepaliveSpec? spec) => spec is null ? null : new TcpKeepalive(spec.Probes, spec.Time, spec.Interval);

    private static int Limit(int? value) => value is > 0 ? value.Value : int.MaxValue;

    private static TimeSpan Idle(TimeSpan? value, TimeSpan otherwise) => value is null ? otherwise : value.Value == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : value.Value;
}
