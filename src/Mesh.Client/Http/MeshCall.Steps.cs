// hot path
using Mesh.Client.Resilience;

namespace Mesh.Client.Http;

/// <content>
/// The way from the first try to the result. The plain road (no policy, no copies, the first try succeeds) takes one step; all that may wait for something
/// else stands in async methods of its own, so that only the requests that need them pay for their state.
/// </content>
internal sealed partial class MeshCall
{
    /// <summary>The first try on the plain road, the whole way on the others.</summary>
    private Task<HttpResponseMessage> FirstStep()
    {
        if (_route.Pipeline is not null || _extras is { NeedsPreparation: true })
        {
            return RunPreparedAsync();
        }

        _isPlain = true;
        return TryBeginAttempt();
    }

    /// <summary>What follows the first step: null when nothing does and <see cref="TakeResult"/> has the result.</summary>
    private Task<HttpResponseMessage>? NextStep(Task<HttpResponseMessage> step)
    {
        if (!_isPlain)
        {
            return step;
        }

        var (response, failure) = ResultOf(step);
        return SettleBody(response, failure) is { } settling ? SettleAndRunAsync(settling, response, failure)
            : CompleteAttempt(response, failure) ? RunTriesAsync()
            : null;
    }

    private async Task<HttpResponseMessage> RunPreparedAsync()
    {
        if (_extras is { NeedsPreparation: true } && await PrepareAsync().ConfigureAwait(false) is { } early)
        {
            return early;
        }

        return _route.Pipeline is RoutePipeline pipeline
            ? await pipeline.ExecuteAsync(this, _callerToken).ConfigureAwait(false)
            : await RunTriesAsync().ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SettleAndRunAsync(Task settling, HttpResponseMessage? response, Exception? failure)
    {
        await settling.ConfigureAwait(false);
        return CompleteAttempt(response, failure) ? await RunTriesAsync().ConfigureAwait(false) : TakeResult();
    }

    /// <summary>Tries until one is the last; the pause comes before every try but the first of the call.</summary>
    private async Task<HttpResponseMessage> RunTriesAsync()
    {
        while (true)
        {
            if (PauseBeforeRetry() is { } pause)
            {
                await pause.ConfigureAwait(false);
            }

            var attempt = TryBeginAttempt();
            await ((Task)attempt).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var (response, failure) = ResultOf(attempt);
            if (SettleBody(response, failure) is { } settling)
            {
                await settling.ConfigureAwait(false);
            }

            if (!CompleteAttempt(response, failure))
            {
                return TakeResult();
            }
        }
    }

    private Task<HttpResponseMessage> TryBeginAttempt()
    {
        try
        {
            return BeginAttempt();
        }
        catch (Exception exception)
        {
            return Task.FromException<HttpResponseMessage>(exception);
        }
    }

    /// <summary>How a try ended, without throwing what it failed with: an exception that is only judged should not cost a throw.</summary>
    private static (HttpResponseMessage? Response, Exception? Failure) ResultOf(Task<HttpResponseMessage> attempt)
    {
        if (attempt.IsCompletedSuccessfully)
        {
            return (attempt.Result, null);
        }

        if (attempt.Exception is { InnerException: { } failure })
        {
            return (null, failure);
        }

        try
        {
            // A cancelled task gives its exception, and the token in it, only by throwing.
            return (attempt.GetAwaiter().GetResult(), null);
        }
        catch (OperationCanceledException cancellation)
        {
            return (null, cancellation);
        }
    }
}
