using System.Diagnostics.Metrics;
using Mesh.Client.Telemetry;
using Mesh.Diagnostics;

namespace HelloWorld;

/// <summary>Tells which endpoint answered last. The program says no more than "Hello, World!", but the mesh's meter knows.</summary>
internal sealed class AnsweringEndpoint : IDisposable
{
    private readonly MeterListener _listener = new();

    public AnsweringEndpoint()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == MeshTelemetry.MeterName && instrument.Name == MeshTelemetry.AttemptDuration)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
        {
            foreach (var (name, value) in tags)
            {
                Last = name == MeshAttributes.Endpoint ? value as string ?? "" : Last;
            }
        });
        _listener.Start();
    }

    public string Last { get; private set; } = "";

    public void Dispose() => _listener.Dispose();
}
