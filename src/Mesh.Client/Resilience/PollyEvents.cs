using Polly.Telemetry;

namespace Mesh.Client.Resilience;

/// <summary>
/// Hands what Polly's strategies report to the mesh's meter. Polly's own listener lives in Polly.Extensions, which the mesh does not need otherwise.
/// Events of single executions are left out: the mesh measures requests and tries itself.
/// </summary>
internal sealed class PollyEvents(Action<string, string> onEvent) : TelemetryListener
{
    public override void Write<TResult, TArgs>(in TelemetryEventArguments<TResult, TArgs> args)
    {
        if (args.Arguments is not (PipelineExecutingArguments or PipelineExecutedArguments or ExecutionAttemptArguments))
        {
            onEvent(args.Source.StrategyName ?? "", args.Event.EventName);
        }
    }
}
