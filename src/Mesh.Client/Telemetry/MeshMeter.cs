using System.Diagnostics.Metrics;
using Mesh.Diagnostics;

namespace Mesh.Client.Telemetry;

/// <summary>The instruments of a mesh. Nobody listening costs one read of a flag per request.</summary>
internal sealed class MeshMeter
{
    private readonly Histogram<double> _requests;
    private readonly Histogram<double> _attempts;
    private readonly Counter<long> _ejections;
    private readonly Counter<long> _resilienceEvents;

    public MeshMeter(IMeterFactory? factory, Func<IEnumerable<Measurement<int>>> activeRequests, Func<long> configVersion, Func<int> configErrors)
    {
        var meter = factory is null ? new Meter(MeshTelemetry.MeterName) : factory.Create(MeshTelemetry.MeterName);
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] };
        _requests = meter.CreateHistogram(MeshTelemetry.RequestDuration, "s", "Duration of requests through the mesh, retries included.", null, advice);
        _attempts = meter.CreateHistogram(MeshTelemetry.AttemptDuration, "s", "Duration of single tries on endpoints.", null, advice);
        _ejections = meter.CreateCounter<long>(MeshTelemetry.Ejections, "{ejection}", "Endpoints taken out of rotation by outlier detection.");
        _resilienceEvents = meter.CreateCounter<long>(MeshTelemetry.ResilienceEvents, "{event}", "Events of Polly strategies around services.");
        meter.CreateObservableUpDownCounter(MeshTelemetry.ActiveRequests, activeRequests, "{request}", "Requests in flight on each endpoint.");
        meter.CreateObservableGauge(MeshTelemetry.ConfigVersion, configVersion, "{version}", "Number of the configuration in force.");
        meter.CreateObservableGauge(MeshTelemetry.ConfigErrors, configErrors, "{object}", "Configuration objects that were refused.");
    }

    public bool RequestsEnabled => _requests.Enabled;

    public bool AttemptsEnabled => _attempts.Enabled;

    public void RecordRequest(TimeSpan duration, in TagBuffer tags) => _requests.Record(duration.TotalSeconds, tags.AsSpan());

    public void RecordAttempt(TimeSpan duration, in TagBuffer tags) => _attempts.Record(duration.TotalSeconds, tags.AsSpan());

    public void RecordEjection(string service, string endpoint) =>
        _ejections.Add(1, new KeyValuePair<string, object?>(MeshAttributes.DestinationService, service), new KeyValuePair<string, object?>(MeshAttributes.Endpoint, endpoint));

    public void RecordResilienceEvent(string strategy, string name) =>
        _resilienceEvents.Add(1, new KeyValuePair<string, object?>("strategy.name", strategy), new KeyValuePair<string, object?>("event.name", name));

    /// <summary>One measurement of <see cref="MeshTelemetry.ActiveRequests"/>.</summary>
    public static Measurement<int> Active(string service, string endpoint, int requests) => new(
        requests,
        new KeyValuePair<string, object?>(MeshAttributes.DestinationService, service),
        new KeyValuePair<string, object?>(MeshAttributes.Endpoint, endpoint));
}
