using System.Globalization;
using Mesh.Peers.Common;
using Mesh.Peers.Modes;

namespace Mesh.Peers.Loopback;

/// <summary>One Markdown table per number of callers. Ratios are taken within a round and then reduced to their median.</summary>
internal static class LoopbackReport
{
    public static void Write(TextWriter output, ReportHead head, bool spin, IReadOnlyList<PeerMode> modes, IReadOnlyList<Slice> slices)
    {
        head.Write(output);
        output.WriteLine($"- thread-pool spinning: {(spin ? "on (the default)" : "off (DOTNET_ThreadPool_UnfairSemaphoreSpinLimit=0 in every .NET process)")}");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"- {slices.Sum(static s => s.Client.Requests):N0} requests, {slices.Sum(static s => s.Client.Errors)} errors; neighbours in the slices used: median {Spread.Of(slices.Select(static s => s.NeighbourCores)).Median:0.00}, worst {slices.Max(static s => s.NeighbourCores):0.00} cores; {slices.Sum(static s => s.Retaken)} slices taken again"));
        foreach (var group in slices.GroupBy(static s => s.Callers))
        {
            WriteTable(output, group.Key, modes, [.. group]);
        }
    }

    private static void WriteTable(TextWriter output, int callers, IReadOnlyList<PeerMode> modes, IReadOnlyList<Slice> slices)
    {
        output.WriteLine();
        var table = new MarkdownTable(
            $"{callers} callers", "req/s", "x bare", "x bare2", "p50 us", "p99", "p99.9", "CPU us/req: client", "proxy", "upstream", "total",
            "total x bare", "total x bare2", "client B/req", "errors");
        foreach (var mode in modes)
        {
            var own = slices.Where(s => s.Mode == mode.Name).ToArray();
            table.Add(
                mode.Name,
                Text(own, static s => s.RequestsPerSecond),
                Ratio(slices, own, PeerModes.Bare, static s => s.RequestsPerSecond),
                Ratio(slices, own, PeerModes.BareAgain, static s => s.RequestsPerSecond),
                Text(own, static s => s.Client.P50),
                Text(own, static s => s.Client.P99),
                Text(own, static s => s.Client.P999),
                Text(own, static s => s.PerRequest(s.Client.ClientCpu), "0.0"),
                own.All(static s => s.Client.ProxyCpu == 0) ? "" : Text(own, static s => s.PerRequest(s.Client.ProxyCpu), "0.0"),
                Text(own, static s => s.PerRequest(s.Client.UpstreamCpu), "0.0"),
                Text(own, static s => s.TotalCpu, "0.0"),
                Ratio(slices, own, PeerModes.Bare, static s => s.TotalCpu),
                Ratio(slices, own, PeerModes.BareAgain, static s => s.TotalCpu),
                Text(own, static s => s.BytesPerRequest),
                own.Sum(static s => s.Client.Errors).ToString(CultureInfo.InvariantCulture));
        }

        table.Write(output);
    }

    private static string Text(Slice[] own, Func<Slice, double> value, string format = "0") =>
        Spread.Of(own.Select(value)).Median.ToString(format, CultureInfo.InvariantCulture);

    private static string Ratio(IReadOnlyList<Slice> all, Slice[] own, string baseline, Func<Slice, double> value)
    {
        if (own.Length == 0 || own[0].Mode == baseline || !all.Any(s => s.Mode == baseline))
        {
            return "";
        }

        return Spread.Of(own.Select(s => value(s) / value(all.First(b => b.Mode == baseline && b.Round == s.Round)))).ToString("0.00");
    }
}
