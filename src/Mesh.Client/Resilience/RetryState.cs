using Mesh.Model;

namespace Mesh.Client.Resilience;

/// <summary>
/// A request as a retry strategy sees it: one that can be tried, judged, and paused between tries. The mesh's own call is one; the strategy is therefore
/// the same loop whether it stands in a route's pipeline or in one that a user builds.
/// </summary>
internal abstract class RetryState
{
    /// <summary>Starts one try.</summary>
    public abstract Task<HttpResponseMessage> BeginAttempt();

    /// <summary>Something to wait for before the try can be judged; null nearly always.</summary>
    public abstract Task? SettleBody(HttpResponseMessage? response, Exception? exception);

    /// <summary>Judges how the try ended; exactly one of the arguments is set. True: pause and try again.</summary>
    public abstract bool CompleteAttempt(HttpResponseMessage? response, Exception? exception);

    /// <summary>The pause before the next try; null when there is none to wait for.</summary>
    public abstract Task? PauseBeforeRetry();

    /// <summary>What the last try came to: the answer, or the exception to throw.</summary>
    public abstract HttpResponseMessage TakeResult();

    /// <summary>A delay was injected before the first try (flag DI).</summary>
    public abstract void OnDelayInjected();

    /// <summary>The answer of an injected abort (flag FI).</summary>
    public abstract HttpResponseMessage CreateAbort(Fault fault);
}
