using System.Globalization;
using Mesh.Client.Balancing;
using Mesh.Model;

namespace Mesh.Client.Resilience;

/// <summary>
/// The pause a server asks for: gRPC push-back (gRFC A6), and the reset headers of a rate limit (ENVOY §13: the first header whose value
/// parses and is not beyond the longest interval counts; up to half of it is added by chance, so that callers do not come back all at once).
/// </summary>
internal static class ServerPause
{
    private const string Pushback = "grpc-retry-pushback-ms";

    /// <summary>What a server says of a retry.</summary>
    /// <param name="response">Its answer.</param>
    /// <param name="policy">The policy, with the headers to look at.</param>
    /// <param name="time">The clock of time stamps.</param>
    /// <param name="random">Chance.</param>
    /// <param name="pause">The pause it asks for; null: none.</param>
    /// <returns>False when it forbids retries.</returns>
    public static bool Allows(HttpResponseMessage response, RetryPolicy policy, TimeProvider time, RandomSource random, out TimeSpan? pause)
    {
        pause = null;
        if (response.Headers.NonValidated.TryGetValues(Pushback, out var value))
        {
            // Negative or unreadable: do not retry at all.
            if (!int.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var milliseconds) || milliseconds < 0)
            {
                return false;
            }

            pause = TimeSpan.FromMilliseconds(milliseconds);
        }
        else if (policy.RateLimitedBackoff is { } limited && Interval(response, limited, time.GetUtcNow()) is { } interval)
        {
            pause = Jittered(interval, random);
        }

        return true;
    }

    /// <summary>The interval of the first header that gives one.</summary>
    public static TimeSpan? Interval(HttpResponseMessage response, RateLimitedBackoff policy, DateTimeOffset now)
    {
        foreach (var header in policy.ResetHeaders)
        {
            if (response.Headers.NonValidated.TryGetValues(header.Name, out var values) && Parse(values.ToString(), header.Format, now) is { } interval
                && interval > TimeSpan.FromMilliseconds(1) && interval <= policy.MaxInterval)
            {
                return interval;
            }
        }

        return null;
    }

    /// <summary>A whole number of seconds, or a time stamp that has not passed; null for anything else.</summary>
    public static TimeSpan? Parse(string text, ResetHeaderFormat format, DateTimeOffset now)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var seconds = format == ResetHeaderFormat.Seconds ? number : number - now.ToUnixTimeSeconds();
        return seconds is >= 0 and <= int.MaxValue ? TimeSpan.FromSeconds(seconds) : null;
    }

    /// <summary>interval + random mod (interval / 2), in whole milliseconds.</summary>
    public static TimeSpan Jittered(TimeSpan interval, RandomSource random)
    {
        var half = (long)interval.TotalMilliseconds / 2;
        return half <= 0 ? interval : interval + TimeSpan.FromMilliseconds((double)(random.Next() % (ulong)half));
    }
}
