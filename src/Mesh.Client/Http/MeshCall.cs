// hot path
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Mesh.Balancing;
using Mesh.Client.Compile;
using Mesh.Client.Health;
using Mesh.Client.Http.Sessions;
using Mesh.Client.Resilience;
using Mesh.Client.Runtime;
using Mesh.Client.Telemetry;
using Mesh.Diagnostics;

namespace Mesh.Client.Http;

/// <summary>
/// One request on its way through the mesh: the one async method of the plain road, and the state that its synchronous steps share.
/// The order of the steps is their meaning:
/// limits stand above retries, so one request of the application holds one place; outcomes are recorded below the per-try time, so time-outs count;
/// injected faults stand above the tries, so they are neither retried nor charged to an endpoint; redirects stand above routing, because a Location may
/// name another service; the application's own handlers stand above everything, so they run once for each request and not once for each try.
/// </summary>
internal sealed partial class MeshCall : RetryState
{
    /// <summary>Tries that found their connections just closed by a reconfiguration and start over at no cost; a bound, not a policy.</summary>
    private const int MaxStaleTransports = 8;

    private readonly MeshClient _client;
    private readonly HttpRequestMessage _request;
    private readonly CancellationToken _callerToken;
    private readonly CompiledService _service;
    private readonly CompiledRoute _route;
    private readonly CompiledMatch? _match;
    private readonly CompiledDestination? _destination;
    private readonly BoundCluster? _cluster;
    private readonly MeshPrimaryHandler? _redirects;

    private EndpointState? _endpoint;
    private HttpResponseMessage? _response;
    private Exception? _exception;
    private CallExtras? _extras;
    private TriedEndpoints? _tried;
    private Version? _version;
    private HttpVersionPolicy _versionPolicy;
    private long _started;
    private long _attemptStarted;
    private int _attempts;
    private int _stale;
    private ResponseFlags _flags;
    private bool _isPlain;
    private bool _isTrial;
    private bool _isBegun;
    private bool _isLocalReply;
    private bool _isCounted;
    private bool _holdsRetry;
    private bool _isBodyTracked;
    private bool _endpointHeld;
    private bool _hasOwnTrace;

    public MeshCall(MeshClient client, CompiledService service, HttpRequestMessage request, MeshPrimaryHandler? redirects, CancellationToken callerToken)
    {
        _client = client;
        _service = service;
        _request = request;
        _redirects = redirects;
        _callerToken = callerToken;
        _route = service.TableFor(request.RequestUri!).Match(request, out _match);
        if (_route.Forward is not null)
        {
            // Weighted once for each request and kept across retries, as Envoy does.
            _destination = _route.PickDestination(client.Runtime.Random.Next());
            if (_route.Session is not null && FindSession() is { } session)
            {
                Extras.Sticky = new StickyCall { Session = session };
                _destination = session.Destination;
            }

            _cluster = (BoundCluster?)_destination.Cluster;
        }
    }

    private MeshRuntime Runtime => _client.Runtime;

    private CallExtras Extras => _extras ??= new CallExtras();

    /// <summary>Runs the request to its answer.</summary>
    public async Task<HttpResponseMessage> RunAsync()
    {
        HttpResponseMessage answer;
        try
        {
            if (Begin() is { } reply)
            {
                answer = Answer(reply);
            }
            else
            {
                // One local and one kind of wait: whatever lives across a wait is room in the state machine of every request.
                var step = FirstStep();
                await ((Task)step).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (NextStep(step) is { } next)
                {
                    step = next;
                    await ((Task)step).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    answer = Answer(step.GetAwaiter().GetResult());
                }
                else
                {
                    answer = Answer(TakeResult());
                }
            }
        }
        catch (Exception exception)
        {
            _exception = exception;
            _response = null;
            throw;
        }
        finally
        {
            End();
        }

        if (_redirects is null || (int)answer.StatusCode is < 300 or >= 400)
        {
            return answer;
        }

        var follow = _redirects.FollowAsync(_request, answer, _callerToken);
        await ((Task)follow).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return follow.GetAwaiter().GetResult();
    }

    /// <summary>One try: choose an endpoint, point the request at it, send. Everything here is synchronous up to the send.</summary>
    public override Task<HttpResponseMessage> BeginAttempt()
    {
        var cluster = _cluster!;
        if (!_isBegun && BeginFirstAttempt(cluster) is { } refusal)
        {
            return Task.FromResult(refusal);
        }

        if (_extras?.Timeout is { IsOver: true })
        {
            return Task.FromResult(Refuse(504, ResponseFlags.UpstreamRequestTimeout, "upstream request timeout"));
        }

        _callerToken.ThrowIfCancellationRequested();
        EndpointState? endpoint;
        if (cluster.IsPassThrough)
        {
            endpoint = cluster.Owner.PassThroughEndpoint(_request.RequestUri!.IdnHost, Math.Max(_request.RequestUri.Port, 0));
            endpoint.AcquireAnyway();
        }
        else
        {
            var set = cluster.Set;
            var context = new PickContext(Runtime.Random.Next(), _extras?.Hash);
            if (_attempts >= RemotePriorities.UpdateFrequency && _tried is not null && set.Remote is { } remote && Retries.RetryRemoteLocalities)
            {
                set = remote.Choose(_tried, ref context) ?? set;
            }

            endpoint = _extras?.Sticky?.Session is { } session ? PickKept(session, set, ref context) : set.Pick(ref context, _tried, out _isTrial);
            if (endpoint is null)
            {
                return set.All.Length == 0 && !cluster.Owner.FirstEndpoints.IsCompleted
                    ? AwaitEndpointsAsync(cluster)
                    : Task.FromResult(Refuse(503, ResponseFlags.NoHealthyUpstream, "no healthy upstream"));
            }
        }

        _endpoint = endpoint;
        _endpointHeld = true;
        _attempts++;
        if (Runtime.Meter.AttemptsEnabled)
        {
            _attemptStarted = Runtime.Time.GetTimestamp();
        }

        var transport = endpoint.GetTransport(_client.Profile, cluster);
        PointAt(endpoint, transport, cluster);
        if (_attempts > 1)
        {
            MarkRetry();
        }
        else if (Activity.Current is not null)
        {
            _hasOwnTrace = _request.Headers.NonValidated.Contains("traceparent");
        }

        if (Runtime.Filters.Length > 0)
        {
            RunFilters(endpoint);
        }

        if (MeshActivities.IsEnabled)
        {
            Extras.AttemptActivity = MeshActivities.StartAttempt(_request, endpoint.Name, _attempts);
        }

        return transport.SendAsync(_request, _extras?.Timeout is { } timeout ? timeout.BeginTry() : _callerToken);
    }

    public override bool CompleteAttempt(HttpResponseMessage? response, Exception? exception)
    {
        _response = response;
        _exception = exception;
        var endpoint = _endpoint;
        if (!_endpointHeld || endpoint is null)
        {
            // The answer is our own: nothing was sent.
            return false;
        }

        _extras?.Timeout?.EndTry();
        if (exception is ObjectDisposedException && ++_stale <= MaxStaleTransports)
        {
            // Its connections were closed between the choice and the send: nobody's failure. Choose again.
            EndAttempt(endpoint, new AttemptOutcome(AttemptResult.Abandoned, 0));
            _attempts--;
            return true;
        }

        var outcome = response is not null
            ? new AttemptOutcome(AttemptResult.Response, StatusForHealth(response))
            : new AttemptOutcome(RetryClassifier.Classify(exception!, _callerToken.IsCancellationRequested, _extras?.Timeout is { IsTryOver: true }), 0);

        endpoint.Record(outcome, _cluster!, _isTrial);
        _isTrial = false;
        if (Runtime.Meter.AttemptsEnabled)
        {
            RecordAttempt(endpoint, response, exception);
        }

        if (_extras?.AttemptActivity is not null)
        {
            MeshActivities.Stop(_extras.AttemptActivity, response, exception, ResponseFlags.None.ToEnvoyString());
            _extras.AttemptActivity = null;
        }

        if (_holdsRetry)
        {
            _holdsRetry = false;
            _cluster!.State.ExitRetry();
        }

        if (!ShouldRetry(outcome, response))
        {
            if (response is null)
            {
                ReleaseEndpoint();
                NoteFailure(outcome.Result);
            }

            return false;
        }

        // Disposing lets the connection drain the unwanted body and serve again.
        response?.Dispose();
        _response = null;
        ReleaseEndpoint();
        if (Retries.IgnorePreviousHosts || Retries.RetryRemoteLocalities)
        {
            (_tried ??= new TriedEndpoints()).Add(endpoint);
        }

        return true;
    }

    public override HttpResponseMessage TakeResult()
    {
        if (_response is not null)
        {
            return _response;
        }

        if (_callerToken.IsCancellationRequested && _exception is OperationCanceledException)
        {
            // The caller sees its own token, whatever token of ours fired first.
            throw new TaskCanceledException(_exception.Message, _exception, _callerToken);
        }

        if ((_flags & ResponseFlags.UpstreamRequestTimeout) != 0)
        {
            return Refuse(504, ResponseFlags.None, "upstream request timeout");
        }

        ExceptionDispatchInfo.Throw(_exception!);
        return null!;
    }

    public override void OnDelayInjected() => _flags |= ResponseFlags.DelayInjected;

    /// <summary>The body of the answer has ended, in whatever way.</summary>
    public void OnBodyEnded()
    {
        ReleaseEndpoint();
        _extras?.Timeout?.Dispose();
        LeaveLimits();
    }

    /// <summary>When the time for the whole request limits the reading of the body, too.</summary>
    public CancellationToken? BodyDeadline => _extras?.Timeout?.Whole;

    private void EndAttempt(EndpointState endpoint, in AttemptOutcome outcome)
    {
        endpoint.Record(outcome, _cluster!, _isTrial);
        _isTrial = false;
        ReleaseEndpoint();
        MeshActivities.Stop(_extras?.AttemptActivity, null, null, "-");
        if (_extras is not null)
        {
            _extras.AttemptActivity = null;
        }
    }

    /// <summary>May be called more than once and from the thread that ends the body; counts down once.</summary>
    private void ReleaseEndpoint()
    {
        if (Interlocked.Exchange(ref _endpointHeld, false))
        {
            _endpoint!.Release();
        }
    }

    private void LeaveLimits()
    {
        if (Interlocked.Exchange(ref _isCounted, false))
        {
            _cluster!.State.Exit();
        }
    }
}
