using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Reads connection and concurrency limits.</summary>
internal static class ConnectionPoolReader
{
    public static ConnectionPoolSpec Read(ObjectReader reader) => new()
    {
        Tcp = reader.Object("tcp", static r => new TCPSettingsSpec
        {
            MaxConnections = r.Int32("maxConnections"),
            ConnectTimeout = r.Duration("connectTimeout"),
            TcpKeepalive = r.Object("tcpKeepalive", ReadKeepalive),
            MaxConnectionDuration = r.Duration("maxConnectionDuration"),
            IdleTimeout = r.Duration("idleTimeout"),
        }),
        Http = reader.Object("http", static r => new HTTPSettingsSpec
        {
            Http1MaxPendingRequests = r.Int32("http1MaxPendingRequests"),
            Http2MaxRequests = r.Int32("http2MaxRequests"),
            MaxRequestsPerConnection = r.Int32("maxRequestsPerConnection"),
            MaxRetries = r.Int32("maxRetries"),
            IdleTimeout = r.Duration("idleTimeout"),
            H2UpgradePolicy = r.Enum<H2UpgradePolicy>(
                "h2UpgradePolicy",
                [("DEFAULT", H2UpgradePolicy.Default), ("DO_NOT_UPGRADE", H2UpgradePolicy.DoNotUpgrade), ("UPGRADE", H2UpgradePolicy.Upgrade)]),
            UseClientProtocol = r.Bool("useClientProtocol"),
            MaxConcurrentStreams = r.Int32("maxConcurrentStreams"),
            Http2KeepAlive = r.Object("http2KeepAlive", static k => new Http2KeepAliveSpec { Interval = k.Duration("interval"), Timeout = k.Duration("timeout") }),
        }),
    };

    public static TcpKeepaliveSpec ReadKeepalive(ObjectReader reader) => new()
    {
        Probes = reader.Int32("probes"),
        Time = reader.Duration("time"),
        Interval = reader.Duration("interval"),
    };
}
