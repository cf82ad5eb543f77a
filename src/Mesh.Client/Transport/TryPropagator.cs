using System.Diagnostics;

namespace Mesh.Client.Transport;

/// <summary>
/// Writes the trace context of a try. Below a current activity .NET starts one of its own for each request, <c>System.Net.Http.HttpRequestOut</c>, and writes
/// that one into the message, also when nobody listens to it: the server would name a parent that no trace holds. An activity that did not come from an
/// <see cref="ActivitySource"/> has no listener; then the try above it is what the server hangs below.
/// </summary>
/// <param name="inner">Writes and reads the headers.</param>
/// <param name="sourceName">The activity source of tries.</param>
internal sealed class TryPropagator(DistributedContextPropagator inner, string sourceName) : DistributedContextPropagator
{
    public override IReadOnlyCollection<string> Fields => inner.Fields;

    /// <summary>The propagator of a handler, looking past .NET's own activity; null, which propagates nothing, stays null.</summary>
    public static DistributedContextPropagator? Over(DistributedContextPropagator? inner, string sourceName) => inner is null ? null : new TryPropagator(inner, sourceName);

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) => inner.Inject(Visible(activity), carrier, setter);

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        inner.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => inner.ExtractBaggage(carrier, getter);

    private Activity? Visible(Activity? activity) => activity is { Source.Name: "", Parent: { } attempt } && attempt.Source.Name == sourceName ? attempt : activity;
}
