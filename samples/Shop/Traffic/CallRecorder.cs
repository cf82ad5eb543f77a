using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Mesh.Client.Telemetry;
using Mesh.Diagnostics;

namespace Shop.Traffic;

/// <summary>
/// Counts this process's calls by listening to the mesh's meter. The shop's own code measures nothing:
/// whatever goes through an HttpClient of the mesh is in here.
/// </summary>
internal sealed class CallRecorder : IDisposable
{
    private readonly TimeProvider _time;
    private readonly MeterListener _listener = new();

    public CallRecorder(TimeProvider time)
    {
        _time = time;
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == MeshTelemetry.MeterName && instrument.Name is MeshTelemetry.RequestDuration or MeshTelemetry.AttemptDuration)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>(Record);
        _listener.Start();
    }

    /// <summary>Calls as the caller saw them, by service and subset.</summary>
    public ConcurrentDictionary<(string Service, string Subset), CallWindow> Requests { get; } = new();

    /// <summary>Tries, by service and endpoint: a call that was retried has several.</summary>
    public ConcurrentDictionary<(string Service, string Endpoint), CallWindow> Attempts { get; } = new();

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double seconds, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        string service = "", subset = "", endpoint = "";
        var status = 0;
        foreach (var (name, value) in tags)
        {
            switch (name)
            {
                case MeshAttributes.DestinationService: service = value as string ?? ""; break;
                case MeshAttributes.DestinationSubset: subset = value as string ?? ""; break;
                case MeshAttributes.Endpoint: endpoint = value as string ?? ""; break;
                case MeshAttributes.HttpResponseStatusCode: status = value is int code ? code : 0; break;
            }
        }

        var isAttempt = instrument.Name == MeshTelemetry.AttemptDuration;
        var window = isAttempt ? Attempts.GetOrAdd((service, endpoint), NewWindow) : Requests.GetOrAdd((service, subset), NewWindow);
        window.Add(TimeSpan.FromSeconds(seconds), failed: status is 0 or >= 500);
    }

    private CallWindow NewWindow((string, string) key) => new(_time);
}
