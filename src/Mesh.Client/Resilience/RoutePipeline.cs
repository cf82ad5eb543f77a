using System.Runtime.ExceptionServices;
using Polly;

namespace Mesh.Client.Resilience;

/// <summary>The pipeline of a route, entered once for each request.</summary>
internal sealed class RoutePipeline(ResiliencePipeline<HttpResponseMessage> pipeline, bool hasFaults)
{
    /// <summary>How injected faults find the call they belong to. Set only on routes that have faults: the property bag allocates.</summary>
    public static readonly ResiliencePropertyKey<RetryState> CallKey = new("mesh.call");

    /// <summary>Runs a call through the pipeline. The context goes back to its pool before the body is read; nothing may hold it.</summary>
    public async Task<HttpResponseMessage> ExecuteAsync(RetryState call, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        if (hasFaults)
        {
            context.Properties.Set(CallKey, call);
        }

        try
        {
            var outcome = await pipeline.ExecuteOutcomeAsync(static (_, call) => AttemptAsync(call), context, call).ConfigureAwait(false);
            if (outcome.Exception is { } exception)
            {
                ExceptionDispatchInfo.Throw(exception);
            }

            return outcome.Result!;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static async ValueTask<Outcome<HttpResponseMessage>> AttemptAsync(RetryState call)
    {
        try
        {
            return Outcome.FromResult(await call.BeginAttempt().ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            return Outcome.FromException<HttpResponseMessage>(exception);
        }
    }
}
