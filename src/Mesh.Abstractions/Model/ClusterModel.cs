namespace Mesh.Model;

/// <summary>Identifies a cluster: a service, one of its ports and, when only a part of the endpoints is meant, a subset.</summary>
/// <param name="Service">Full name of the service (<see cref="ServiceModel.Name"/>).</param>
/// <param name="Port">Service port; 0 for "the port of the request".</param>
/// <param name="Subset">Name of the subset; null for all endpoints.</param>
public readonly record struct ClusterKey(string Service, int Port, string? Subset = null)
{
    /// <summary>Istio's name of the cluster: <c>outbound|9080|v1|reviews.default.svc.cluster.local</c>.</summary>
    public override string ToString() => $"outbound|{Port}|{Subset}|{Service}";
}

/// <summary>A set of endpoints of one service port that share a policy. What Envoy calls a cluster; the target of a route.</summary>
public sealed record ClusterModel
{
    /// <summary>Which cluster this is.</summary>
    public required ClusterKey Key { get; init; }

    /// <summary>Labels an endpoint must carry, all of them, to belong to the cluster. Empty: every endpoint does.</summary>
    public ModelMap<string> Labels { get; init; } = ModelMap<string>.Empty;

    /// <summary>How endpoints are picked, limited, watched and spoken to.</summary>
    public ClusterPolicy Policy { get; init; } = ClusterPolicy.Default;
}

/// <summary>The traffic policy of one cluster, merged and with defaults filled in. Source: Istio DestinationRule.trafficPolicy.</summary>
public sealed record ClusterPolicy
{
    /// <summary>Istio's defaults: LEAST_REQUEST, no limits, no outlier detection, no TLS of our own.</summary>
    public static ClusterPolicy Default { get; } = new();

    /// <summary>How an endpoint is chosen.</summary>
    public LoadBalancing LoadBalancing { get; init; } = LoadBalancing.Default;

    /// <summary>Connection and concurrency limits.</summary>
    public ConnectionPool ConnectionPool { get; init; } = ConnectionPool.Default;

    /// <summary>Passive health checking; null switches it off, as in Istio.</summary>
    public OutlierDetection? OutlierDetection { get; init; }

    /// <summary>TLS towards the endpoints; null leaves the decision to the request's scheme.</summary>
    public ClientTls? Tls { get; init; }

    /// <summary>Version of the PROXY protocol the endpoints expect at the beginning of a connection; null: none.</summary>
    public ProxyProtocol? ProxyProtocol { get; init; }

    /// <summary>Cap on concurrent retries as a share of active requests; null: <see cref="ConnectionPool.MaxRetries"/> applies.</summary>
    public RetryBudget? RetryBudget { get; init; }

    /// <summary>The document that decided the policy, for explanations.</summary>
    public ConfigOrigin? Origin { get; init; }
}

/// <summary>How an endpoint of a cluster is chosen. Source: Istio LoadBalancerSettings.</summary>
public sealed record LoadBalancing
{
    /// <summary>LEAST_REQUEST with two choices.</summary>
    public static LoadBalancing Default { get; } = new();

    /// <summary>Name of the algorithm: <c>LEAST_REQUEST</c> (default), <c>ROUND_ROBIN</c>, <c>RANDOM</c>, <c>PASSTHROUGH</c>, or one registered with <c>AddLoadBalancer</c>.</summary>
    public string Algorithm { get; init; } = LoadBalancingAlgorithms.LeastRequest;

    /// <summary>The key of a sticky request; null for none.</summary>
    public ConsistentHash? ConsistentHash { get; init; }

    /// <summary>Slow start of new endpoints; null switches it off.</summary>
    public Warmup? Warmup { get; init; }

    /// <summary>How localities are weighed; null: endpoints are picked without regard to place.</summary>
    public LocalityPolicy? Locality { get; init; }
}

/// <summary>Names of the built-in balancing algorithms, spelled as in Istio.</summary>
public static class LoadBalancingAlgorithms
{
    /// <summary>The less loaded of two distinct random endpoints.</summary>
    public const string LeastRequest = "LEAST_REQUEST";

    /// <summary>In turn, by weight.</summary>
    public const string RoundRobin = "ROUND_ROBIN";

    /// <summary>Uniformly at random, by weight.</summary>
    public const string Random = "RANDOM";

    /// <summary>The host and port of the request itself.</summary>
    public const string PassThrough = "PASSTHROUGH";
}

/// <summary>The key by which requests stick to an endpoint, and the hash structure. Source: Istio ConsistentHashLB.</summary>
public sealed record ConsistentHash
{
    /// <summary>Hash this request header.</summary>
    public string? HttpHeaderName { get; init; }

    /// <summary>Hash this cookie.</summary>
    public string? HttpCookieName { get; init; }

    /// <summary>Path of a generated cookie.</summary>
    public string? HttpCookiePath { get; init; }

    /// <summary>Lifetime of a generated cookie; null: never generated; zero: a session cookie.</summary>
    public TimeSpan? HttpCookieTtl { get; init; }

    /// <summary>Further attributes of a generated cookie, in their order.</summary>
    public ModelList<CookieAttribute> HttpCookieAttributes { get; init; } = [];

    /// <summary>Hash the address of the caller.</summary>
    public bool UseSourceIp { get; init; }

    /// <summary>Hash this query parameter.</summary>
    public string? HttpQueryParameterName { get; init; }

    /// <summary>True for Maglev, false for the ring hash.</summary>
    public bool Maglev { get; init; }

    /// <summary>Least number of ring entries. Default 1024.</summary>
    public long MinimumRingSize { get; init; } = 1024;

    /// <summary>Length of the Maglev table, a prime. Default 65537.</summary>
    public long TableSize { get; init; } = 65537;
}

/// <summary>One attribute of a cookie.</summary>
/// <param name="Name">For example <c>SameSite</c>.</param>
/// <param name="Value">Its value; null or empty: the name alone, as for <c>Secure</c>.</param>
public sealed record CookieAttribute(string Name, string? Value = null);

/// <summary>Slow start. Source: Istio WarmupConfiguration.</summary>
/// <param name="Duration">Window after which an endpoint has its full weight.</param>
/// <param name="MinimumPercent">Share of its weight it starts with. Default 10.</param>
/// <param name="Aggression">Exponent of the curve; 1 is linear.</param>
public sealed record Warmup(TimeSpan Duration, double MinimumPercent = 10, double Aggression = 1);

/// <summary>Locality rules. Source: Istio LocalityLoadBalancerSetting.</summary>
public sealed record LocalityPolicy
{
    /// <summary>Explicit shares: caller locality pattern to (target pattern, weight) pairs.</summary>
    public ModelList<LocalityDistribution> Distribute { get; init; } = [];

    /// <summary>Region-to-region fallback.</summary>
    public ModelMap<string> Failover { get; init; } = ModelMap<string>.Empty;

    /// <summary>Ordered label names that rank endpoints against the caller.</summary>
    public ModelList<string> FailoverPriority { get; init; } = [];
}

/// <summary>Explicit locality shares for callers of one place.</summary>
/// <param name="From">Locality pattern of the caller.</param>
/// <param name="To">Locality patterns with weights that sum to 100.</param>
public sealed record LocalityDistribution(string From, ModelMap<int> To);

/// <summary>Connection and concurrency limits of a cluster, per client process. Source: Istio ConnectionPoolSettings, Envoy circuit breakers.</summary>
public sealed record ConnectionPool
{
    /// <summary>Nothing limited, connect within ten seconds, idle connections live for an hour.</summary>
    public static ConnectionPool Default { get; } = new();

    /// <summary>Cap on connections per endpoint; <see cref="int.MaxValue"/> means none.</summary>
    public int MaxConnections { get; init; } = int.MaxValue;

    /// <summary>Time allowed to open a connection. Default 10 s, as in Istio.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>TCP keep-alive; null leaves it to the operating system.</summary>
    public TcpKeepalive? TcpKeepalive { get; init; }

    /// <summary>Age at which a connection is closed; null: never.</summary>
    public TimeSpan? MaxConnectionDuration { get; init; }

    /// <summary>Requests that may wait for a connection; beyond it the request is answered 503 with flag UO.</summary>
    public int MaxPendingRequests { get; init; } = int.MaxValue;

    /// <summary>Requests in flight, HTTP/1.1 and HTTP/2 alike; beyond it the request is answered 503 with flag UO.</summary>
    public int MaxRequests { get; init; } = int.MaxValue;

    /// <summary>Requests after which a connection is recycled; 0: unlimited; 1: no keep-alive.</summary>
    public int MaxRequestsPerConnection { get; init; }

    /// <summary>Retries in flight across the cluster.</summary>
    public int MaxRetries { get; init; } = int.MaxValue;

    /// <summary>Time after which an idle connection is closed. Default one hour.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>True sends HTTP/1.1 requests of the application over HTTP/2 (<c>h2UpgradePolicy: UPGRADE</c>).</summary>
    public bool UpgradeToHttp2 { get; init; }

    /// <summary>True keeps the caller's HTTP version whatever else says (<c>useClientProtocol</c>).</summary>
    public bool UseClientProtocol { get; init; }

    /// <summary>Streams per HTTP/2 connection.</summary>
    public int MaxConcurrentStreams { get; init; } = int.MaxValue;

    /// <summary>HTTP/2 PING keep-alive; null: off.</summary>
    public Http2KeepAlive? Http2KeepAlive { get; init; }
}

/// <summary>TCP keep-alive of a connection.</summary>
/// <param name="Probes">Unanswered probes before the connection counts as dead; null: the system's.</param>
/// <param name="Time">Idle time before the first probe; null: the system's.</param>
/// <param name="Interval">Time between probes; null: the system's.</param>
public sealed record TcpKeepalive(int? Probes, TimeSpan? Time, TimeSpan? Interval);

/// <summary>HTTP/2 PING keep-alive.</summary>
/// <param name="Interval">Time between PINGs on an idle connection.</param>
/// <param name="Timeout">Time to wait for the answer before the connection is closed.</param>
public sealed record Http2KeepAlive(TimeSpan Interval, TimeSpan Timeout);

/// <summary>Passive health checking. Source: Istio OutlierDetection, Envoy outlier detection.</summary>
public sealed record OutlierDetection
{
    /// <summary>5xx answers (connection failures and time-outs count as such) in a row before ejection; 0: off. Default 5.</summary>
    public int Consecutive5xxErrors { get; init; } = 5;

    /// <summary>502, 503, 504 (and connection failures) in a row before ejection; 0 (default): off.</summary>
    public int ConsecutiveGatewayErrors { get; init; }

    /// <summary>True counts connection failures and time-outs on their own (<see cref="ConsecutiveLocalOriginFailures"/>) instead of as 5xx.</summary>
    public bool SplitExternalLocalOriginErrors { get; init; }

    /// <summary>Connection failures and time-outs in a row before ejection when split. Default 5.</summary>
    public int ConsecutiveLocalOriginFailures { get; init; } = 5;

    /// <summary>Time between sweeps, which lower the ejection multiplier of endpoints that stayed well. Default 10 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Length of the first ejection; the n-th in a row lasts n times as long. Default 30 s.</summary>
    public TimeSpan BaseEjectionTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest ejection. Default: the larger of 300 s and <see cref="BaseEjectionTime"/>.</summary>
    public TimeSpan MaxEjectionTime { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Most endpoints, in percent, that may be ejected at once. Default 10; so a pool of fewer than ten never ejects, as in Istio.</summary>
    public int MaxEjectionPercent { get; init; } = 10;

    /// <summary>Below this share of healthy endpoints, in percent, health is ignored and every endpoint is used (panic). 0 (default): off.</summary>
    public int MinHealthPercent { get; init; }

    /// <summary>Statuses that count as errors instead of 500–599; empty: 500–599.</summary>
    public ModelList<int> HttpErrorCodes { get; init; } = [];
}

/// <summary>TLS towards endpoints. Source: Istio ClientTLSSettings.</summary>
public sealed record ClientTls
{
    /// <summary>What is done.</summary>
    public ClientTlsMode Mode { get; init; }

    /// <summary>File of the client's certificate (PEM), MUTUAL only.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>File of the client's private key (PEM), MUTUAL only.</summary>
    public string? PrivateKey { get; init; }

    /// <summary>File of the certificates that are trusted (PEM); null: the system's.</summary>
    public string? CaCertificates { get; init; }

    /// <summary>Certificates that are trusted, as PEM text instead of a file; the empty text trusts nobody; null: <see cref="CaCertificates"/> decides.</summary>
    public string? CaCertificatesPem { get; init; }

    /// <summary>The client's certificate and key in memory instead of in files, MUTUAL only; null: <see cref="ClientCertificate"/> and <see cref="PrivateKey"/> decide.</summary>
    public ClientKeyPair? ClientKeyPair { get; init; }

    /// <summary>Name of the credential that <see cref="ClientKeyPair"/> and <see cref="CaCertificatesPem"/> come from; null: there is none. Says where to look, and acts on nothing.</summary>
    public string? CredentialName { get; init; }

    /// <summary>Why no connection may be opened, because what the configuration asks for is not there, and what to do; null: connections are opened.</summary>
    public string? Refusal { get; init; }

    /// <summary>Names of which the server's certificate must carry one; empty: the host of the request.</summary>
    public ModelList<string> SubjectAltNames { get; init; } = [];

    /// <summary>Server name to send; null: the host of the request.</summary>
    public string? Sni { get; init; }

    /// <summary>True skips every check of the server's certificate. Only for tests.</summary>
    public bool InsecureSkipVerify { get; init; }
}

/// <summary>Versions of the PROXY protocol. Source: Istio TrafficPolicy.ProxyProtocol.</summary>
public enum ProxyProtocol
{
    /// <summary>A line of text.</summary>
    V1,

    /// <summary>Binary.</summary>
    V2,
}

/// <summary>Modes of <see cref="ClientTls"/>.</summary>
public enum ClientTlsMode
{
    /// <summary>Plain text, whatever the scheme of the request.</summary>
    Disable,

    /// <summary>TLS that checks the server.</summary>
    Simple,

    /// <summary>TLS with a client certificate.</summary>
    Mutual,

    /// <summary>TLS with the workload's own mesh certificate.</summary>
    IstioMutual,
}

/// <summary>Cap on concurrent retries. Source: Istio RetryBudget, Envoy retry_budget.</summary>
/// <param name="Percent">Retries allowed as a percentage of active requests. Default 20.</param>
/// <param name="MinRetryConcurrency">Retries always allowed. Default 3.</param>
/// <param name="Interval">Window over which requests count; zero: only those present.</param>
public sealed record RetryBudget(double Percent = 20, int MinRetryConcurrency = 3, TimeSpan Interval = default);
