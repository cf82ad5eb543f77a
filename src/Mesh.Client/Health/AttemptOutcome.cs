namespace Mesh.Client.Health;

/// <summary>How a try ended, as far as health and retries look at it.</summary>
internal enum AttemptResult
{
    /// <summary>Response headers arrived.</summary>
    Response,

    /// <summary>No connection could be made (refused, unresolvable, TLS refused, connect time-out): the request was not sent.</summary>
    ConnectFailure,

    /// <summary>HTTP/2 REFUSED_STREAM or GOAWAY below the stream: the request was not processed.</summary>
    RefusedStream,

    /// <summary>The connection broke before response headers arrived.</summary>
    Reset,

    /// <summary>The time for the try ran out.</summary>
    Timeout,

    /// <summary>The caller gave up, or the caller's own code failed (its body threw): nobody's fault, charged to nobody.</summary>
    Abandoned,
}

/// <summary>Result of a try with the status, when there is one.</summary>
internal readonly record struct AttemptOutcome(AttemptResult Result, int StatusCode)
{
    /// <summary>
    /// The status outlier detection counts. Source: ENVOY §9: without the split of origins, failures and resets count as 503, time-outs as 504.
    /// </summary>
    public int HealthStatus => Result switch
    {
        AttemptResult.Response => StatusCode,
        AttemptResult.Timeout => 504,
        _ => 503,
    };
}
