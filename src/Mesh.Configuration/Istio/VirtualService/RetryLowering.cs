using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>
/// Makes the retry policy. No block: the mesh's default. A block with attempts 0, also an empty one: none. Attempts without conditions: Istio's
/// built-in conditions, as somebody's explicit wish. Source: Istio ConvertPolicy.
/// </summary>
internal static class RetryLowering
{
    public static RetryPolicy Lower(HTTPRetrySpec? spec, RetryPolicy otherwise)
    {
        if (spec is null)
        {
            return otherwise;
        }

        if (spec.Attempts is not > 0)
        {
            return RetryPolicy.None;
        }

        var (conditions, codes) = spec.RetryOn is { } retryOn ? RetryOn.Parse(retryOn) : (RetryPolicy.Default.RetryOn, (ModelList<int>)[]);
        var policy = RetryPolicy.None with
        {
            Attempts = spec.Attempts.Value,
            PerTryTimeout = spec.PerTryTimeout is { Ticks: > 0 } timeout ? timeout : null,
            RetryOn = conditions,
            StatusCodes = codes,
            IgnorePreviousHosts = spec.RetryIgnorePreviousHosts ?? true,
            RetryRemoteLocalities = spec.RetryRemoteLocalities ?? false,
        };
        return spec.Backoff is { Ticks: > 0 } backoff ? policy with { BackoffBase = backoff, BackoffMax = backoff * 10 } : policy;
    }
}
