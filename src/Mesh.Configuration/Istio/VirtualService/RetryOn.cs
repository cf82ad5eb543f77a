using System.Globalization;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>
/// The text of <c>retryOn</c>: conditions and statuses, separated by commas. Sources: Istio HTTPRetry (numbers become retriable statuses),
/// Envoy retry_on and retry_grpc_on (the names).
/// </summary>
internal static class RetryOn
{
    /// <summary>Reads the text; words that are unknown are passed over, as Envoy does.</summary>
    public static (RetryConditions Conditions, ModelList<int> StatusCodes) Parse(string text)
    {
        var conditions = RetryConditions.None;
        var codes = new List<int>();
        foreach (var range in text.AsSpan().Split(','))
        {
            var token = text.AsSpan()[range].Trim();
            if (TryStatus(token, out var code))
            {
                conditions |= RetryConditions.RetriableStatusCodes;
                if (!codes.Contains(code))
                {
                    codes.Add(code);
                }
            }
            else
            {
                conditions |= RetryConditionTokens.Parse(token);
            }
        }

        return (conditions, codes.ToModelList());
    }

    /// <summary>Null when every word is known, else what is wrong.</summary>
    public static string? Check(string? text)
    {
        foreach (var token in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryStatus(token, out _) && RetryConditionTokens.Parse(token) == RetryConditions.None)
            {
                return $"'{token}' is not a retry condition; use statuses such as 503, or {string.Join(", ", RetryConditionTokens.All)}";
            }
        }

        return null;
    }

    private static bool TryStatus(ReadOnlySpan<char> token, out int code) =>
        int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out code) && code is >= 100 and <= 599;
}
