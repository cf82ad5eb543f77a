// hot path
using System.Net;
using Mesh.Client.Health;
using Mesh.Client.Http.Replay;
using Mesh.Client.Resilience;
using Mesh.Client.Runtime;
using Mesh.Client.Telemetry;
using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Client.Http;

/// <content>What happens after a try and after the last: the decision to repeat, the answer, the end of the lease, the measurements.</content>
internal sealed partial class MeshCall
{
    /// <summary>Bodies up to this length end with the headers, as far as load is concerned: they are in the socket's buffer already.</summary>
    private const long SmallBody = 64 * 1024;

    private static readonly TimeSpan s_settleTime = TimeSpan.FromMilliseconds(20);

    private bool IsGrpc =>
        _request.Content is { } content && content.Headers.NonValidated.TryGetValues("Content-Type", out var type)
        && type.ToString().StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase);

    /// <summary>The pause before a retry, or null when it is none.</summary>
    public override Task? PauseBeforeRetry()
    {
        if (_attempts == 0)
        {
            return null;
        }

        var wait = Backoff.Next(Retries, _attempts, Runtime.Random);
        if (_extras is { ServerPause: { } asked })
        {
            wait = asked;
            _extras.ServerPause = null;
        }

        return wait <= TimeSpan.Zero ? null : PauseAsync(wait);
    }

    private async Task PauseAsync(TimeSpan wait)
    {
        var token = _extras?.Timeout?.Whole ?? _callerToken;

        // The time of the call may end the pause; the next try then answers 504. The caller's own cancellation surfaces there, too.
        await Task.Delay(wait, Runtime.Time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private bool ShouldRetry(in AttemptOutcome outcome, HttpResponseMessage? response)
    {
        var retries = Retries;
        if (retries.Attempts == 0 || !RetryClassifier.IsRetriable(retries, outcome, response, RetryClassifier.IsIdempotent(_request.Method)))
        {
            return false;
        }

        if (retries.IsDefault && outcome.Result == AttemptResult.Response && !IsGrpc)
        {
            // Of the default's tokens only gRPC's look at answers, and only gRPC answers mean them.
            return false;
        }

        if (_attempts > retries.Attempts)
        {
            _flags |= ResponseFlags.UpstreamRetryLimitExceeded;
            return false;
        }

        if (!CanReplay(outcome.Result) || _extras?.Timeout is { IsOver: true } || (response is not null && !IsAllowedByServer(response)))
        {
            return false;
        }

        // The count is used up before the limit is asked, as in Envoy.
        if (!_cluster!.State.TryEnterRetry(_cluster.Policy, _cluster.Window))
        {
            _flags |= ResponseFlags.UpstreamOverflow;
            return false;
        }

        _holdsRetry = true;
        return true;
    }

    /// <summary>
    /// An answer can overtake the end of the request's body by a hair, over HTTP/2 above all. Where that decides over a retry, wait a moment for the tee; a body
    /// that streams on for longer is not repeated.
    /// </summary>
    public override Task? SettleBody(HttpResponseMessage? response, Exception? exception)
    {
        if (_extras?.Replay is not { IsUnderWay: true } replay || _attempts > Retries.Attempts
            || (response is not null && !RetryClassifier.IsRetriable(Retries, new AttemptOutcome(AttemptResult.Response, (int)response.StatusCode), response, isIdempotent: false)))
        {
            return null;
        }

        return SettleAsync(replay);
    }

    private async Task SettleAsync(ReplayableContent replay) =>
        await replay.Ended.WaitAsync(s_settleTime, Runtime.Time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private bool CanReplay(AttemptResult result)
    {
        if (_extras?.Replay is { } replay)
        {
            return replay.CanReplay;
        }

        // Without a connection the body was not touched.
        return result == AttemptResult.ConnectFailure || ContentKinds.Of(_request.Content) != ContentKind.Unknown;
    }

    private bool IsAllowedByServer(HttpResponseMessage response)
    {
        var isAllowed = ServerPause.Allows(response, Retries, Runtime.Time, Runtime.Random, out var pause);
        if (pause is not null)
        {
            Extras.ServerPause = pause;
        }

        return isAllowed;
    }

    /// <summary>The status health is judged by: a gRPC status in the headers counts as the HTTP status it stands for (ENVOY §9, §24).</summary>
    private int StatusForHealth(HttpResponseMessage response)
    {
        if (response.Version.Major >= 2 && IsGrpc && response.Headers.NonValidated.TryGetValues("grpc-status", out var values)
            && int.TryParse(values.ToString(), System.Globalization.CultureInfo.InvariantCulture, out var grpc))
        {
            return LocalReply.HttpStatusOf(grpc);
        }

        return (int)response.StatusCode;
    }

    private void NoteFailure(AttemptResult result) => _flags |= result switch
    {
        AttemptResult.ConnectFailure => ResponseFlags.UpstreamConnectionFailure,
        AttemptResult.Timeout => ResponseFlags.UpstreamRequestTimeout,
        AttemptResult.Reset or AttemptResult.RefusedStream => ResponseFlags.UpstreamRemoteReset,
        _ => _callerToken.IsCancellationRequested ? ResponseFlags.DownstreamConnectionTermination : ResponseFlags.None,
    };

    /// <summary>An answer of our own.</summary>
    private HttpResponseMessage Refuse(int status, ResponseFlags flags, string text)
    {
        _flags |= flags;
        _isLocalReply = true;
        return LocalReply.Create(_request, status, _flags, text, IsGrpc);
    }

    /// <summary>The last touches to the answer, and the decision when the endpoint's lease ends.</summary>
    private HttpResponseMessage Answer(HttpResponseMessage response)
    {
        _response = response;
        if (_isLocalReply && Runtime.Options.ThrowOnLocalReply)
        {
            throw new MeshException("The mesh answered " + (int)response.StatusCode + " (" + _flags.ToEnvoyString() + ") for " + _request.RequestUri + ".", _flags, response.StatusCode);
        }

        if (_endpointHeld && NeedsTracking(response))
        {
            _isBodyTracked = true;
            response.Content = new TrackedContent(response.Content, this);
        }

        _route.ResponseHeaders?.Apply(response.Headers, response.Content.Headers);
        _destination?.ResponseHeaders?.Apply(response.Headers, response.Content.Headers);
        if (_extras?.Sticky?.SetCookie is { } cookie)
        {
            response.Headers.TryAddWithoutValidation("Set-Cookie", cookie);
        }

        if (_route.Session is { } session)
        {
            IssueSession(session, response);
        }

        if (_client.Cookies is { } cookies && response.Headers.NonValidated.Contains("Set-Cookie"))
        {
            CookieStage.Store(cookies, LogicalUri, response);
        }

        return response;
    }

    private bool NeedsTracking(HttpResponseMessage response)
    {
        if (response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotModified || ReferenceEquals(_request.Method, HttpMethod.Head))
        {
            return false;
        }

        var length = response.Content.Headers.ContentLength;
        if (length == 0)
        {
            return false;
        }

        if (_extras?.Timeout is not null)
        {
            return true;
        }

        // Only a balancer or a limit that looks at load cares when a long body ends.
        return length is null or > SmallBody && (_isCounted || _cluster!.Policy.LoadBalancing.Algorithm == LoadBalancingAlgorithms.LeastRequest);
    }

    /// <summary>Runs once, however the call went.</summary>
    private void End()
    {
        if (!_isBodyTracked)
        {
            ReleaseEndpoint();
            LeaveLimits();
            _extras?.Timeout?.Dispose();
        }

        if (_holdsRetry)
        {
            _holdsRetry = false;
            _cluster!.State.ExitRetry();
        }

        RestoreVersion();
        if (_extras is { } extras)
        {
            MirrorAfter(extras);
            Restore(extras);
            MeshActivities.Stop(extras.CallActivity, _response, _response is null ? _exception : null, _flags.ToEnvoyString());
        }

        if (Runtime.Meter.RequestsEnabled && _started != 0)
        {
            RecordRequest();
        }
    }

    private void RecordRequest()
    {
        var tags = default(TagBuffer);
        Describe(ref tags, _endpoint, _response, _response is null ? _exception : null);
        tags.Add(MeshAttributes.ServerAddress, _request.RequestUri!.Host);
        tags.Add(MeshAttributes.ServerPort, TagValues.Port(_request.RequestUri.Port));
        tags.Add(MeshAttributes.UrlScheme, _request.RequestUri.Scheme);
        tags.Add(MeshAttributes.ResponseFlags, _flags.ToEnvoyString());
        Runtime.Meter.RecordRequest(Runtime.Time.GetElapsedTime(_started), tags);
    }

    private void RecordAttempt(EndpointState endpoint, HttpResponseMessage? response, Exception? exception)
    {
        if (_attemptStarted == 0)
        {
            return;
        }

        var tags = default(TagBuffer);
        Describe(ref tags, endpoint, response, exception);
        Runtime.Meter.RecordAttempt(Runtime.Time.GetElapsedTime(_attemptStarted), tags);
    }

    private void Describe(ref TagBuffer tags, EndpointState? endpoint, HttpResponseMessage? response, Exception? exception)
    {
        if (_destination is not null)
        {
            tags.AddRange(_destination.Tags);
        }
        else
        {
            tags.Add(MeshAttributes.Route, _route.Name);
            tags.Add(MeshAttributes.DestinationService, _service.Model.Name);
        }

        tags.Add(MeshAttributes.HttpRequestMethod, TagValues.Method(_request.Method));
        if (endpoint is not null)
        {
            tags.Add(MeshAttributes.Endpoint, endpoint.Name);
        }

        if (response is not null)
        {
            tags.Add(MeshAttributes.HttpResponseStatusCode, TagValues.Status((int)response.StatusCode));
            tags.Add(MeshAttributes.NetworkProtocolVersion, TagValues.ProtocolVersion(response.Version));
        }

        if (exception is not null)
        {
            tags.Add(MeshAttributes.ErrorType, exception.GetType().FullName);
        }
        else if ((int?)response?.StatusCode >= 400)
        {
            tags.Add(MeshAttributes.ErrorType, TagValues.StatusText((int)response!.StatusCode));
        }
    }
}
