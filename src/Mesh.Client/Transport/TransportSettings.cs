using Mesh.Model;

namespace Mesh.Client.Transport;

/// <summary>
/// What a cluster's policy says about connections. Interned by value: two policies that agree share their connections, and a reload that changes
/// neither limits nor TLS keeps every connection open. A cluster whose open connections are counted has them to itself.
/// </summary>
internal sealed record TransportSettings(
    TimeSpan ConnectTimeout,
    int MaxConnections,
    TimeSpan IdleTimeout,
    TimeSpan? MaxConnectionDuration,
    TcpKeepalive? TcpKeepalive,
    Http2KeepAlive? Http2KeepAlive,
    ClientTls? Tls,
    ProxyProtocol? ProxyProtocol,
    OpenConnections? Connections)
{
    public static TransportSettings From(ClusterPolicy policy, OpenConnections? connections) => new(
        policy.ConnectionPool.ConnectTimeout,
        policy.ConnectionPool.MaxConnections,
        policy.ConnectionPool.IdleTimeout,
        policy.ConnectionPool.MaxConnectionDuration,
        policy.ConnectionPool.TcpKeepalive,
        policy.ConnectionPool.Http2KeepAlive,
        policy.Tls,
        policy.ProxyProtocol,
        connections);
}
