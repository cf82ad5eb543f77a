using Polly;

namespace Mesh.Client.Resilience;

/// <summary>
/// The mesh's attempt loop as a Polly strategy: pick an endpoint, send, judge, pause, pick another. It replaces Polly's retry and time-out strategies on a
/// route (one async method instead of three), and composes with whatever the user puts around it: rate limiters, hedging, chaos, a circuit breaker.
/// </summary>
internal sealed class MeshRetryStrategy : ResilienceStrategy<HttpResponseMessage>
{
    protected override ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state) =>
        state is RetryState call ? RunAsync(callback, context, state, call) : callback(context, state);

    private static async ValueTask<Outcome<HttpResponseMessage>> RunAsync<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state, RetryState call)
    {
        while (true)
        {
            // The callback is one try. Outcomes travel as values: an exception is thrown once, at the end.
            var outcome = await callback(context, state).ConfigureAwait(context.ContinueOnCapturedContext);
            if (call.SettleBody(outcome.Result, outcome.Exception) is { } settling)
            {
                await settling.ConfigureAwait(context.ContinueOnCapturedContext);
            }

            if (!call.CompleteAttempt(outcome.Result, outcome.Exception))
            {
                try
                {
                    return Outcome.FromResult(call.TakeResult());
                }
                catch (Exception exception)
                {
                    return Outcome.FromException<HttpResponseMessage>(exception);
                }
            }

            if (call.PauseBeforeRetry() is { } pause)
            {
                await pause.ConfigureAwait(context.ContinueOnCapturedContext);
            }
        }
    }
}
