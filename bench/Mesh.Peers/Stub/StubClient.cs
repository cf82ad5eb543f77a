using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Mesh.Peers.Common;
using Mesh.Peers.Processes;

namespace Mesh.Peers.Stub;

/// <summary>Cost of one request in one round.</summary>
internal sealed record StubFigures(double Nanoseconds, double Bytes);

/// <summary>The process of one stub mode: reads "run requests", prints <see cref="StubFigures"/> as JSON.</summary>
internal static class StubClient
{
    private const int Batches = 10;

    public static int Run(string mode)
    {
        ParentWatch.LimitLife();
        var stub = new StubTransport();
        var loop = new StubLoop(stub, StubModes.Get(mode).Create(stub));
        Warm(loop);
        Console.WriteLine("ready");
        while (Console.In.ReadLine() is { } line)
        {
            Console.WriteLine(JsonSerializer.Serialize(Measure(loop, int.Parse(line.AsSpan("run ".Length), CultureInfo.InvariantCulture))));
        }

        return 0;
    }

    /// <summary>Tiered compilation works in the background with a delay; pauses let each tier arrive before the first round.</summary>
    private static void Warm(StubLoop loop)
    {
        loop.Prime();
        for (var i = 0; i < 10; i++)
        {
            loop.Run(20_000);
            Thread.Sleep(150);
        }
    }

    /// <summary>Median of ten batches, so that a preemption inside a round does not count; bytes over all of them.</summary>
    private static StubFigures Measure(StubLoop loop, int requests)
    {
        var perBatch = requests / Batches;
        var times = new double[Batches];
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Batches; i++)
        {
            var start = Stopwatch.GetTimestamp();
            loop.Run(perBatch);
            times[i] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / perBatch;
        }

        bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
        return new StubFigures(Spread.Of(times).Median, (double)bytes / (perBatch * Batches));
    }
}
