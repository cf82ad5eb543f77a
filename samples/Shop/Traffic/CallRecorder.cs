using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

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
            if (instrument.Meter.Name == "Mesh.Client" && instrument.Name is "mesh.client.request.duration" or "mesh.client.attempt.duration")
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
                case "mesh.destination.service": service = value as string ?? ""; break;
                case "mesh.destination.subset": subset = value as string ?? ""; break;
                case "mesh.endpoint": endpoint = value as string ?? ""; break;
                case "http.response.status_code": status = value is int code ? code : 0; break;
            }
        }

        var isAttempt = instrument.Name == "mesh.client.attempt.duration";
        var window = isAttempt ? Attempts.GetOrAdd((service, endpoint), NewWindow) : Requests.GetOrAdd((service, subset), NewWindow);
        window.Add(TimeSpan.FromSeconds(seconds), failed: status is 0 or >= 500);
    }

    private CallWindow NewWindow((string, string) key) => new(_time);
}
