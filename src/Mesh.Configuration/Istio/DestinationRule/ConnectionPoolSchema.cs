using Mesh.Configuration.Schema;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.Istio;

/// <summary>The schema of connection and concurrency limits, which DestinationRules and Sidecars use. Source: Istio's CustomResourceDefinitions.</summary>
internal static class ConnectionPoolSchema
{
    public static ObjectSchema ConnectionPool { get; } = new()
    {
        {
            "tcp",
            new ObjectSchema
            {
                { "maxConnections", Int },
                { "connectTimeout", Duration },
                { "tcpKeepalive", new ObjectSchema { { "probes", UInt }, { "time", Duration }, { "interval", Duration } } },
                { "maxConnectionDuration", Duration },
                { "idleTimeout", Duration },
            }
        },
        {
            "http",
            new ObjectSchema
            {
                { "http1MaxPendingRequests", Int },
                { "http2MaxRequests", Int },
                { "maxRequestsPerConnection", Int },
                { "maxRetries", Int },
                { "idleTimeout", Duration },
                { "h2UpgradePolicy", Word("DEFAULT", "DO_NOT_UPGRADE", "UPGRADE") },
                { "useClientProtocol", Flag },
                { "maxConcurrentStreams", Int },
                { "http2KeepAlive", new ObjectSchema { { "interval", Duration }, { "timeout", Duration } }.Required("interval", "timeout") },
            }
        },
    };
}
