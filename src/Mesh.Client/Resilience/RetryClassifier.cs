using System.Net;
using Mesh.Client.Compile;
using Mesh.Client.Health;
using Mesh.Model;

namespace Mesh.Client.Resilience;

/// <summary>
/// Says how a try ended and whether it may be repeated. Source: ENVOY §13 (tokens and their order), CONTRACTS on how SocketsHttpHandler reports failures,
/// RFC 9110 §9.2.2 (idempotent methods). A pure function of its inputs: no clock, no counters.
/// </summary>
internal static class RetryClassifier
{
    private const long Http2RefusedStream = 0x7;

    /// <summary>How a try that threw ended.</summary>
    /// <param name="exception">What the transport threw.</param>
    /// <param name="callerCancelled">The caller's own token has fired.</param>
    /// <param name="tryTimedOut">The clock of this try, or of the whole request, has run out.</param>
    public static AttemptResult Classify(Exception exception, bool callerCancelled, bool tryTimedOut)
    {
        if (callerCancelled)
        {
            return AttemptResult.Abandoned;
        }

        switch (exception)
        {
            case OperationCanceledException when tryTimedOut:
                return AttemptResult.Timeout;
            case OperationCanceledException { InnerException: TimeoutException }:
                // SocketsHttpHandler reports its connect time-out this way.
                return AttemptResult.ConnectFailure;
            case HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError or HttpRequestError.VersionNegotiationError }:
                return AttemptResult.ConnectFailure;
            case HttpRequestException { InnerException: HttpProtocolException { ErrorCode: Http2RefusedStream } }:
                return AttemptResult.RefusedStream;
            case HttpRequestException or IOException or OperationCanceledException:
                return AttemptResult.Reset;
            default:
                // The request's own content, or a misuse of the API: not the endpoint's doing.
                return AttemptResult.Abandoned;
        }
    }

    /// <summary>Whether a try that ended so may be repeated under a policy, apart from counts, budgets and time.</summary>
    public static bool IsRetriable(RetryPolicy policy, in AttemptOutcome outcome, HttpResponseMessage? response, bool isIdempotent)
    {
        var on = policy.RetryOn;
        switch (outcome.Result)
        {
            case AttemptResult.Response:
                return IsRetriableResponse(policy, response!);
            case AttemptResult.ConnectFailure:
                // Nothing was sent: safe for every method. Envoy also retries it under the wider conditions.
                return (on & (RetryConditions.ConnectFailure | RetryConditions.ServerError | RetryConditions.GatewayError | RetryConditions.Reset | RetryConditions.ResetBeforeRequest)) != 0;
            case AttemptResult.RefusedStream:
                return (on & (RetryConditions.RefusedStream | RetryConditions.ServerError | RetryConditions.GatewayError | RetryConditions.Reset)) != 0;
            case AttemptResult.Reset:
                // The policy nobody wrote repeats a broken try only where HTTP itself allows a client to do so.
                return policy.IsDefault ? isIdempotent : (on & (RetryConditions.ServerError | RetryConditions.GatewayError | RetryConditions.Reset)) != 0;
            case AttemptResult.Timeout:
                return (on & (RetryConditions.ServerError | RetryConditions.GatewayError | RetryConditions.Reset)) != 0;
            default:
                return false;
        }
    }

    private static bool IsRetriableResponse(RetryPolicy policy, HttpResponseMessage response)
    {
        var on = policy.RetryOn;
        var status = (int)response.StatusCode;

        // A success over HTTP/1.1 carries neither header of interest; leave without looking.
        if (status < 400 && response.Version.Major < 2 && (on & (RetryConditions.EnvoyRateLimited | RetryConditions.RetriableHeaders)) == 0)
        {
            return (on & RetryConditions.RetriableStatusCodes) != 0 && policy.StatusCodes.Count > 0 && Contains(policy.StatusCodes, status);
        }

        if (response.Headers.NonValidated.Contains("x-envoy-ratelimited"))
        {
            return (on & RetryConditions.EnvoyRateLimited) != 0;
        }

        if ((on & RetryConditions.ServerError) != 0 && status is >= 500 and <= 599)
        {
            return true;
        }

        if ((on & RetryConditions.GatewayError) != 0 && (status is 502 or 503 or 504))
        {
            return true;
        }

        if ((on & RetryConditions.Retriable4xx) != 0 && response.StatusCode == HttpStatusCode.Conflict)
        {
            return true;
        }

        if ((on & RetryConditions.RetriableStatusCodes) != 0 && Contains(policy.StatusCodes, status))
        {
            return true;
        }

        if ((on & RetryConditions.RetriableHeaders) != 0 && HasAnyOf(policy.RetriableHeaders, response))
        {
            return true;
        }

        return IsRetriableGrpcStatus(on, response);
    }

    /// <summary>gRPC status in the response headers (a trailers-only answer). One in real trailers is never retried: the stream had begun.</summary>
    private static bool IsRetriableGrpcStatus(RetryConditions on, HttpResponseMessage response)
    {
        const RetryConditions Any = RetryConditions.Cancelled | RetryConditions.DeadlineExceeded | RetryConditions.Internal | RetryConditions.ResourceExhausted | RetryConditions.Unavailable;
        if ((on & Any) == 0 || !response.Headers.NonValidated.TryGetValues("grpc-status", out var values))
        {
            return false;
        }

        var wanted = values.ToString() switch
        {
            "1" => RetryConditions.Cancelled,
            "4" => RetryConditions.DeadlineExceeded,
            "8" => RetryConditions.ResourceExhausted,
            "13" => RetryConditions.Internal,
            "14" => RetryConditions.Unavailable,
            _ => RetryConditions.None,
        };
        return (on & wanted) != 0;
    }

    private static bool HasAnyOf(ModelList<HeaderMatch> headers, HttpResponseMessage response)
    {
        foreach (var header in headers)
        {
            var value = response.Headers.NonValidated.TryGetValues(header.Name, out var values) ? HeaderText.Of(header.Name, values) : null;
            if (value is null ? header.Invert && header.Value.Kind == MatchKind.Present : CompiledStringMatch.Create(header.Value).IsMatch(value) != header.Invert)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Contains(ModelList<int> codes, int status)
    {
        foreach (var code in codes)
        {
            if (code == status)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Methods that may be repeated without changing the outcome. Source: RFC 9110 §9.2.2.</summary>
    public static bool IsIdempotent(HttpMethod method) =>
        ReferenceEquals(method, HttpMethod.Get) || method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Put || method == HttpMethod.Delete
        || method == HttpMethod.Options || method == HttpMethod.Trace;
}
