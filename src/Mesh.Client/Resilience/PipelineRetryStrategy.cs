using Mesh.Client.Balancing;
using Mesh.Client.Health;
using Mesh.Model;
using Polly;

namespace Mesh.Client.Resilience;

/// <summary>
/// The mesh's retry rules for a pipeline that a user builds: the same classification, the same back-off, without endpoints to choose from.
/// The request is taken from the context where Microsoft.Extensions.Http.Resilience puts it; without it a broken try counts as not idempotent.
/// </summary>
internal sealed class PipelineRetryStrategy(RetryPolicy policy, TimeProvider time, RandomSource random) : ResilienceStrategy<HttpResponseMessage>
{
    public static readonly ResiliencePropertyKey<HttpRequestMessage> RequestKey = new("Resilience.Http.RequestMessage");

    protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state)
    {
        for (var retry = 1; ; retry++)
        {
            var outcome = await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
            if (retry > policy.Attempts || !IsRetriable(outcome, context))
            {
                return outcome;
            }

            outcome.Result?.Dispose();
            var wait = Backoff.Next(policy, retry, random);
            if (wait > TimeSpan.Zero)
            {
                // A cancelled pause ends with the next try, which sees the same token.
                await Task.Delay(wait, time, context.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private bool IsRetriable(in Outcome<HttpResponseMessage> outcome, ResilienceContext context)
    {
        var result = outcome.Exception is { } exception
            ? new AttemptOutcome(RetryClassifier.Classify(exception, context.CancellationToken.IsCancellationRequested, tryTimedOut: false), 0)
            : new AttemptOutcome(AttemptResult.Response, (int)outcome.Result!.StatusCode);
        var isIdempotent = context.Properties.TryGetValue(RequestKey, out var request) && RetryClassifier.IsIdempotent(request.Method);
        return RetryClassifier.IsRetriable(policy, result, outcome.Result, isIdempotent);
    }
}
