using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Makes the retry policy. A stanza repeats connection errors, resets and time-outs of a try always, and of the statuses only those it
/// lists; without a stanza nothing is promised and the mesh's own default applies. Source: GATEWAY_API §8, GEP-1731.
/// </summary>
internal static class RetryLowering
{
    private const int DefaultAttempts = 2;
    private const RetryConditions Always = RetryConditions.ConnectFailure | RetryConditions.RefusedStream | RetryConditions.Reset;

    /// <param name="spec">The stanza; null: none.</param>
    /// <param name="perTry">Time for a try; null: not limited.</param>
    /// <param name="defaults">What applies without a stanza.</param>
    public static RetryPolicy Lower(HTTPRouteRetrySpec? spec, TimeSpan? perTry, RetryPolicy defaults)
    {
        if (spec is null)
        {
            return perTry is null ? defaults : defaults with { PerTryTimeout = perTry };
        }

        var policy = RetryPolicy.None with
        {
            Attempts = spec.Attempts ?? DefaultAttempts,
            PerTryTimeout = perTry,
            RetryOn = spec.Codes.Count == 0 ? Always : Always | RetryConditions.RetriableStatusCodes,
            StatusCodes = spec.Codes,
        };
        return spec.Backoff is { Ticks: > 0 } backoff ? policy with { BackoffMinimum = backoff } : policy;
    }
}
