namespace Mesh.Model;

/// <summary>Envoy's words for <see cref="RetryConditions"/>, as <c>retryOn</c> and the headers <c>x-envoy-retry-on</c> and <c>x-envoy-retry-grpc-on</c> write them.</summary>
public static class RetryConditionTokens
{
    private static readonly (string Token, RetryConditions Condition)[] s_tokens =
    [
        ("5xx", RetryConditions.ServerError),
        ("gateway-error", RetryConditions.GatewayError),
        ("reset", RetryConditions.Reset),
        ("reset-before-request", RetryConditions.ResetBeforeRequest),
        ("connect-failure", RetryConditions.ConnectFailure),
        ("envoy-ratelimited", RetryConditions.EnvoyRateLimited),
        ("retriable-4xx", RetryConditions.Retriable4xx),
        ("refused-stream", RetryConditions.RefusedStream),
        ("retriable-status-codes", RetryConditions.RetriableStatusCodes),
        ("retriable-headers", RetryConditions.RetriableHeaders),
        ("http3-post-connect-failure", RetryConditions.Http3PostConnectFailure),
        ("cancelled", RetryConditions.Cancelled),
        ("deadline-exceeded", RetryConditions.DeadlineExceeded),
        ("internal", RetryConditions.Internal),
        ("resource-exhausted", RetryConditions.ResourceExhausted),
        ("unavailable", RetryConditions.Unavailable),
    ];

    /// <summary>Every word, in the order of <see cref="RetryConditions"/>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. s_tokens.Select(static t => t.Token)];

    /// <summary>The condition a word stands for; <see cref="RetryConditions.None"/> for a word that is unknown.</summary>
    /// <param name="token">One word, without blanks; case counts, as in Envoy.</param>
    public static RetryConditions Parse(ReadOnlySpan<char> token)
    {
        foreach (var (text, condition) in s_tokens)
        {
            if (token.SequenceEqual(text))
            {
                return condition;
            }
        }

        return RetryConditions.None;
    }
}
