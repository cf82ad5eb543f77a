using System.Globalization;
using System.Net.Http.Headers;
using Mesh.Model;

namespace Mesh.Client.Http;

/// <summary>
/// What a caller asks for by Envoy's request headers, where <see cref="MeshOptions.AcceptEnvoyHeaders"/> lets it: time-outs, retries, faults.
/// Values that do not parse are passed over. Source: ENVOY §12 (time-outs), §13 (retries), §16 (faults), §21 (which are taken off).
/// </summary>
internal static class EnvoyRequestHeaders
{
    private const string Prefix = "x-envoy-";

    /// <summary>Headers that steer this hop only and are not sent on.</summary>
    private static readonly string[] s_removed =
    [
        "x-envoy-retry-on", "x-envoy-retry-grpc-on", "x-envoy-max-retries", "x-envoy-upstream-rq-timeout-ms", "x-envoy-upstream-rq-per-try-timeout-ms",
        "x-envoy-hedge-on-per-try-timeout", "x-envoy-retriable-status-codes", "x-envoy-retriable-header-names", "x-envoy-upstream-alt-stat-name",
    ];

    /// <summary>True when the request carries any of Envoy's headers.</summary>
    public static bool ArePresent(HttpRequestHeaders headers)
    {
        foreach (var header in headers.NonValidated)
        {
            if (header.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    public static void Remove(HttpRequestHeaders headers)
    {
        foreach (var name in s_removed)
        {
            headers.Remove(name);
        }
    }

    /// <summary>The time for the whole request; zero in the header is none.</summary>
    public static TimeSpan? Timeout(HttpRequestHeaders headers, TimeSpan? written) =>
        Milliseconds(headers, "x-envoy-upstream-rq-timeout-ms") is { } timeout ? timeout > TimeSpan.Zero ? timeout : null : written;

    /// <summary>The route's policy as the headers widen it: conditions add up, numbers replace. Without any header it is the route's own object.</summary>
    public static RetryPolicy Retries(HttpRequestHeaders headers, RetryPolicy written)
    {
        var policy = written;
        var on = Conditions(headers, "x-envoy-retry-on") | Conditions(headers, "x-envoy-retry-grpc-on");
        if (on != RetryConditions.None)
        {
            // A wish of the caller's own: the care for requests nobody spoke about is not needed.
            policy = policy with
            {
                RetryOn = (policy.Attempts > 0 ? policy.RetryOn : RetryConditions.None) | on,
                Attempts = policy.Attempts > 0 ? policy.Attempts : 1,
                IsDefault = false,
                StatusCodes = [.. policy.StatusCodes, .. StatusCodes(headers)],
                RetriableHeaders = [.. policy.RetriableHeaders, .. HeaderNames(headers)],
            };
        }

        if (policy.Attempts > 0 && Value(headers, "x-envoy-max-retries") is { } text && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var attempts))
        {
            policy = policy with { Attempts = attempts };
        }

        return Milliseconds(headers, "x-envoy-upstream-rq-per-try-timeout-ms") is { } perTry ? policy with { PerTryTimeout = perTry > TimeSpan.Zero ? perTry : null } : policy;
    }

    /// <summary>The fault the caller asks for; null: none.</summary>
    public static Fault? Fault(HttpRequestHeaders headers)
    {
        var delay = Milliseconds(headers, "x-envoy-fault-delay-request");
        var status = Number(headers, "x-envoy-fault-abort-request") is >= 200 and <= 599 and var http ? http : (int?)null;
        var grpc = status is null ? Number(headers, "x-envoy-fault-abort-grpc-request") : null;
        return delay is null && status is null && grpc is null ? null : new Fault
        {
            Delay = delay,
            DelayPercent = Percent(headers, "x-envoy-fault-delay-request-percentage"),
            AbortHttpStatus = status,
            AbortGrpcStatus = grpc is { } code ? LocalReply.GrpcStatusName(code) : null,
            AbortPercent = Percent(headers, "x-envoy-fault-abort-request-percentage"),
        };
    }

    private static double Percent(HttpRequestHeaders headers, string name) => Math.Min(100, Number(headers, name) ?? 100);

    private static RetryConditions Conditions(HttpRequestHeaders headers, string name)
    {
        var conditions = RetryConditions.None;
        foreach (var token in List(headers, name))
        {
            conditions |= RetryConditionTokens.Parse(token);
        }

        return conditions;
    }

    private static IEnumerable<int> StatusCodes(HttpRequestHeaders headers)
    {
        foreach (var text in List(headers, "x-envoy-retriable-status-codes"))
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            {
                yield return status;
            }
        }
    }

    private static IEnumerable<HeaderMatch> HeaderNames(HttpRequestHeaders headers) =>
        List(headers, "x-envoy-retriable-header-names").Select(static name => new HeaderMatch(name, new StringMatch(MatchKind.Present)));

    private static string[] List(HttpRequestHeaders headers, string name) =>
        Value(headers, name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static TimeSpan? Milliseconds(HttpRequestHeaders headers, string name) => Number(headers, name) is { } value ? TimeSpan.FromMilliseconds(value) : null;

    private static int? Number(HttpRequestHeaders headers, string name) =>
        int.TryParse(Value(headers, name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string? Value(HttpRequestHeaders headers, string name) => headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
