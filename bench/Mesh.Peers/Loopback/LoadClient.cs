using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Mesh.Peers.Common;
using Mesh.Peers.Modes;
using Mesh.Peers.Processes;

namespace Mesh.Peers.Loopback;

/// <summary>What a client process measured in one slice. CPU in seconds, latency in microseconds.</summary>
internal sealed record ClientSlice(
    double Seconds, long Requests, long Errors, double ClientCpu, double ProxyCpu, double UpstreamCpu, long AllocatedBytes,
    double P50, double P99, double P999, string? FirstError);

/// <summary>
/// The process that sends, one per mode. It reads "run callers leadMs measureMs proxyPids upstreamPids" and prints one
/// <see cref="ClientSlice"/> as JSON. The counters at both ends of the window are read by one thread, one after the other, so
/// requests, CPU and bytes belong to the same stretch of time.
/// </summary>
internal static class LoadClient
{
    public static int Run(string modeName, Targets targets)
    {
        ParentWatch.LimitLife();
        var client = PeerModes.Get(modeName).Create(targets);
        Console.WriteLine("ready");
        while (Console.In.ReadLine() is { } line)
        {
            var parts = line.Split(' ');
            var loop = new ClosedLoop(client, Number(parts[1]));
            var slice = Measure(loop, Number(parts[2]), Number(parts[3]), Pids(parts[4]), Pids(parts[5]));
            Console.WriteLine(JsonSerializer.Serialize(slice, JsonReport.Line));
        }

        return 0;

        static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
        static int[] Pids(string list) => [.. list.Split(',', StringSplitOptions.RemoveEmptyEntries).Where(static p => p != "-").Select(Number)];
    }

    private static ClientSlice Measure(ClosedLoop loop, int leadMilliseconds, int milliseconds, int[] proxy, int[] upstream)
    {
        int[] self = [Environment.ProcessId];
        loop.Start();
        Thread.Sleep(leadMilliseconds);

        loop.Recording = true;
        var start = Stopwatch.GetTimestamp();
        var (requests, client, between, server, bytes) = (loop.Requests, CpuTime.Of(self), CpuTime.Of(proxy), CpuTime.Of(upstream), GC.GetTotalAllocatedBytes());
        Thread.Sleep(milliseconds);
        var elapsed = Stopwatch.GetElapsedTime(start);
        (requests, client, between, server, bytes) = (
            loop.Requests - requests, CpuTime.Of(self) - client, CpuTime.Of(proxy) - between, CpuTime.Of(upstream) - server, GC.GetTotalAllocatedBytes() - bytes);
        loop.Recording = false;

        var latency = loop.Stop();
        return new ClientSlice(
            elapsed.TotalSeconds, requests, loop.Errors, client, between, server, bytes,
            latency.Percentile(0.5), latency.Percentile(0.99), latency.Percentile(0.999), loop.FirstError);
    }
}
