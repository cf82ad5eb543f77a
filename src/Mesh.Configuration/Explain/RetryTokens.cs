using System.Globalization;
using Mesh.Model;

namespace Mesh.Configuration.Explain;

/// <summary>The conditions of a retry policy as <c>retryOn</c> spells them; statuses stand as numbers.</summary>
internal static class RetryTokens
{
    private static readonly (RetryConditions Condition, string Token)[] s_tokens =
    [
        (RetryConditions.ServerError, "5xx"),
        (RetryConditions.GatewayError, "gateway-error"),
        (RetryConditions.Reset, "reset"),
        (RetryConditions.ResetBeforeRequest, "reset-before-request"),
        (RetryConditions.ConnectFailure, "connect-failure"),
        (RetryConditions.EnvoyRateLimited, "envoy-ratelimited"),
        (RetryConditions.Retriable4xx, "retriable-4xx"),
        (RetryConditions.RefusedStream, "refused-stream"),
        (RetryConditions.RetriableHeaders, "retriable-headers"),
        (RetryConditions.Http3PostConnectFailure, "http3-post-connect-failure"),
        (RetryConditions.Unavailable, "unavailable"),
        (RetryConditions.Cancelled, "cancelled"),
        (RetryConditions.DeadlineExceeded, "deadline-exceeded"),
        (RetryConditions.Internal, "internal"),
        (RetryConditions.ResourceExhausted, "resource-exhausted"),
        (RetryConditions.RetriableStatusCodes, "retriable-status-codes"),
    ];

    public static IReadOnlyList<string> Of(RetryPolicy policy)
    {
        var tokens = new List<string>();
        foreach (var (condition, token) in s_tokens)
        {
            // The statuses themselves say it better.
            if (policy.RetryOn.HasFlag(condition) && (condition != RetryConditions.RetriableStatusCodes || policy.StatusCodes.Count == 0))
            {
                tokens.Add(token);
            }
        }

        foreach (var code in policy.StatusCodes)
        {
            tokens.Add(code.ToString(CultureInfo.InvariantCulture));
        }

        return tokens;
    }
}
