namespace Mesh.Model;

/// <summary>When and how often a failed try is repeated. Source: Istio HTTPRetry, Envoy retry policy (tokens keep Envoy's spelling).</summary>
public sealed record RetryPolicy
{
    /// <summary>
    /// What applies when no document writes <c>retries</c>: Istio's default of two retries on connect-failure, refused-stream,
    /// unavailable and cancelled. Being nobody's explicit wish, it is careful: a method that is not idempotent (RFC 9110 §9.2.2)
    /// is repeated only when the request provably was not processed, and an idempotent one also when its connection broke before an answer.
    /// </summary>
    public static RetryPolicy Default { get; } = new()
    {
        Attempts = 2,
        RetryOn = RetryConditions.ConnectFailure | RetryConditions.RefusedStream | RetryConditions.Unavailable | RetryConditions.Cancelled | RetryConditions.RetriableStatusCodes,
        IsDefault = true,
    };

    /// <summary>No retries.</summary>
    public static RetryPolicy None { get; } = new() { Attempts = 0 };

    /// <summary>Tries after the first. 0: none.</summary>
    public int Attempts { get; init; }

    /// <summary>Time for each try, the first included; null: only the route's timeout limits it.</summary>
    public TimeSpan? PerTryTimeout { get; init; }

    /// <summary>What is repeated.</summary>
    public RetryConditions RetryOn { get; init; }

    /// <summary>Statuses repeated under <see cref="RetryConditions.RetriableStatusCodes"/>.</summary>
    public ModelList<int> StatusCodes { get; init; } = [];

    /// <summary>Response headers repeated under <see cref="RetryConditions.RetriableHeaders"/>; one that matches is enough.</summary>
    public ModelList<HeaderMatch> RetriableHeaders { get; init; } = [];

    /// <summary>Pauses a rate-limited server asks for in its answer; null: only the back-off counts. No Istio document writes it.</summary>
    public RateLimitedBackoff? RateLimitedBackoff { get; init; }

    /// <summary>Base of the back-off; bounds double from here, every pause is drawn uniformly below its bound. Default 25 ms.</summary>
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromMilliseconds(25);

    /// <summary>Highest bound. Default ten times the base.</summary>
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Least pause, to which the drawn one is added. Default 0.</summary>
    public TimeSpan BackoffMinimum { get; init; }

    /// <summary>True (default) avoids endpoints this request has already tried.</summary>
    public bool IgnorePreviousHosts { get; init; } = true;

    /// <summary>True lets retries move to other priorities.</summary>
    public bool RetryRemoteLocalities { get; init; }

    /// <summary>Bytes of a request body kept for a repetition. Default 64 KiB; a longer body is sent once.</summary>
    public int BufferLimit { get; init; } = 64 * 1024;

    /// <summary>True for the policy nobody wrote; see <see cref="Default"/>.</summary>
    public bool IsDefault { get; init; }
}

/// <summary>Pauses taken from the headers of a rate-limited answer, in place of the back-off. Source: Envoy rate_limited_retry_back_off.</summary>
/// <param name="ResetHeaders">Headers in the order in which they are looked at.</param>
public sealed record RateLimitedBackoff(ModelList<ResetHeader> ResetHeaders)
{
    /// <summary>Longest pause that is taken; a longer one is passed over. Default 300 s.</summary>
    public TimeSpan MaxInterval { get; init; } = TimeSpan.FromSeconds(300);
}

/// <summary>A header that says when to come back.</summary>
/// <param name="Name">For example <c>retry-after</c>.</param>
/// <param name="Format">What its value is.</param>
public sealed record ResetHeader(string Name, ResetHeaderFormat Format);

/// <summary>Formats of a <see cref="ResetHeader"/>.</summary>
public enum ResetHeaderFormat
{
    /// <summary>Whole seconds from now.</summary>
    Seconds,

    /// <summary>Seconds since 1970, in the future.</summary>
    UnixTimestamp,
}

/// <summary>Conditions under which a try is repeated. The comment of each gives its token in <c>retryOn</c>.</summary>
[Flags]
public enum RetryConditions
{
    /// <summary>Nothing is repeated.</summary>
    None = 0,

    /// <summary><c>5xx</c>: a 5xx answer, or the try ended without one.</summary>
    ServerError = 1 << 0,

    /// <summary><c>gateway-error</c>: 502, 503, 504, or the try ended without an answer.</summary>
    GatewayError = 1 << 1,

    /// <summary><c>reset</c>: the try ended without response headers.</summary>
    Reset = 1 << 2,

    /// <summary><c>reset-before-request</c>: as reset, and no byte of the request had been sent.</summary>
    ResetBeforeRequest = 1 << 3,

    /// <summary><c>connect-failure</c>: the connection could not be made.</summary>
    ConnectFailure = 1 << 4,

    /// <summary><c>envoy-ratelimited</c>: the answer carries <c>x-envoy-ratelimited</c>.</summary>
    EnvoyRateLimited = 1 << 5,

    /// <summary><c>retriable-4xx</c>: 409.</summary>
    Retriable4xx = 1 << 6,

    /// <summary><c>refused-stream</c>: HTTP/2 REFUSED_STREAM.</summary>
    RefusedStream = 1 << 7,

    /// <summary><c>retriable-status-codes</c>: one of the listed statuses.</summary>
    RetriableStatusCodes = 1 << 8,

    /// <summary><c>retriable-headers</c>: the answer carries one of the listed headers.</summary>
    RetriableHeaders = 1 << 9,

    /// <summary><c>http3-post-connect-failure</c>: accepted, without effect (no HTTP/3 to endpoints).</summary>
    Http3PostConnectFailure = 1 << 10,

    /// <summary><c>cancelled</c>: gRPC status 1 in the response headers.</summary>
    Cancelled = 1 << 11,

    /// <summary><c>deadline-exceeded</c>: gRPC status 4 in the response headers.</summary>
    DeadlineExceeded = 1 << 12,

    /// <summary><c>internal</c>: gRPC status 13 in the response headers.</summary>
    Internal = 1 << 13,

    /// <summary><c>resource-exhausted</c>: gRPC status 8 in the response headers.</summary>
    ResourceExhausted = 1 << 14,

    /// <summary><c>unavailable</c>: gRPC status 14 in the response headers.</summary>
    Unavailable = 1 << 15,
}
