using System.Collections.Concurrent;
using System.Net;
using Mesh.Client.Health;
using Mesh.Diagnostics;
using Mesh.Model;
using Polly;

namespace Mesh.Client.Resilience;

/// <summary>
/// Outlier detection for a pipeline that a user builds: counts failures for each authority with the mesh's counters and refuses calls to one that is ejected,
/// instead of sending them elsewhere, for there is no elsewhere. After the ejection one call at a time finds out, as in the mesh.
/// </summary>
internal sealed class OutlierGuardStrategy(OutlierDetection policy, TimeProvider time) : ResilienceStrategy<HttpResponseMessage>
{
    private readonly ConcurrentDictionary<string, Guarded> _guarded = new(StringComparer.OrdinalIgnoreCase);

    protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state)
    {
        var authority = context.Properties.TryGetValue(PipelineRetryStrategy.RequestKey, out var request) ? request.RequestUri?.Authority ?? "" : "";
        var guarded = _guarded.GetOrAdd(authority, static _ => new Guarded());
        if (!guarded.TryEnter(time.GetTimestamp(), out var isTrial))
        {
            return Outcome.FromException<HttpResponseMessage>(new MeshException($"'{authority}' is ejected after repeated failures.", ResponseFlags.NoHealthyUpstream, HttpStatusCode.ServiceUnavailable));
        }

        var outcome = await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
        var result = outcome.Exception is { } exception
            ? new AttemptOutcome(RetryClassifier.Classify(exception, context.CancellationToken.IsCancellationRequested, tryTimedOut: false), 0)
            : new AttemptOutcome(AttemptResult.Response, (int)outcome.Result!.StatusCode);
        guarded.Record(result, isTrial, policy, time);
        return outcome;
    }

    private sealed class Guarded
    {
        private readonly Lock _gate = new();
        private readonly EndpointHealthState _health = new();
        private int _multiplier;
        private long _until;
        private long _returned;
        private bool _isOut;
        private bool _isTried;

        public bool TryEnter(long now, out bool isTrial)
        {
            lock (_gate)
            {
                isTrial = _isOut && now >= _until && !_isTried;
                _isTried |= isTrial;
                return !_isOut || isTrial;
            }
        }

        public void Record(in AttemptOutcome outcome, bool isTrial, OutlierDetection policy, TimeProvider time)
        {
            lock (_gate)
            {
                _isTried &= !isTrial;
                if (outcome.Result == AttemptResult.Abandoned)
                {
                    return;
                }

                var isError = outcome.Result != AttemptResult.Response || EndpointHealthState.IsError(outcome.StatusCode, policy);
                var now = time.GetTimestamp();
                if (isTrial && !isError)
                {
                    _isOut = false;
                    _returned = now;
                }

                if (isTrial ? isError : !_isOut && _health.Record(outcome, policy) is not null)
                {
                    _multiplier = EjectionPolicy.NextMultiplier(_multiplier, isTrial || _multiplier == 0 ? TimeSpan.Zero : time.GetElapsedTime(_returned, now), policy);
                    _until = now + (long)(EjectionPolicy.Duration(_multiplier, policy).TotalSeconds * time.TimestampFrequency);
                    _isOut = true;
                }
            }
        }
    }
}
