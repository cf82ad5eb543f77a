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
    /// <param name="text">The words; null for none.</param>
    /// <param name="isStrict">True where blanks and empty words count, and only statuses that have a name: Istio's admission check. What runs the rule passes over them.</param>
    public static string? Check(string? text, bool isStrict = false)
    {
        if (text is null)
        {
            return null;
        }

        foreach (var token in text.Split(',', isStrict ? StringSplitOptions.None : StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!(TryStatus(token, out var code) && (!isStrict || IsNamed(code))) && RetryConditionTokens.Parse(token) == RetryConditions.None)
            {
                return $"'{token}' is not a retry condition; use statuses such as 503, or {string.Join(", ", RetryConditionTokens.All)}";
            }
        }

        return null;
    }

    // The statuses of Go's net/http, which are IANA's.
    private static bool IsNamed(int code) => code is (>= 100 and <= 103) or (>= 200 and <= 208) or 226 or (>= 300 and <= 305) or 307 or 308
        or (>= 400 and <= 418) or (>= 421 and <= 426) or 428 or 429 or 431 or 451 or (>= 500 and <= 508) or 510 or 511;

    private static bool TryStatus(ReadOnlySpan<char> token, out int code) =>
        int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out code) && code is >= 100 and <= 599;
}
