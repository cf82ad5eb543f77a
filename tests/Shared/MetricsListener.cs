using System.Diagnostics.Metrics;

namespace Mesh.Tests.Shared;

/// <summary>Somebody listens: every instrument of the mesh, as an exporter would, but doing nothing with what it hears. A price without it is not the price.</summary>
internal static class MetricsListener
{
    /// <summary>Listens until it is disposed of.</summary>
    public static MeterListener Start()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Mesh.Client")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => { });
        listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        listener.SetMeasurementEventCallback<int>(static (_, _, _, _) => { });
        listener.Start();
        return listener;
    }
}
