using System.Globalization;
using System.Text.Json;
using Mesh.Peers.Common;
using Mesh.Peers.Processes;

namespace Mesh.Peers.Stub;

/// <summary>The floor of each chain: ns and bytes per request on one thread over a transport that answers later, a process per mode.</summary>
internal static class StubCommand
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var rounds = arguments.Int("--rounds", 18);
        var requests = arguments.Int("--requests", 100_000);
        var names = arguments.List("--modes");
        var json = arguments.Text("--json");
        arguments.EnsureAllUsed();
        var modes = names is null ? [.. StubModes.All] : names.Select(StubModes.Get).ToArray();

        using var interruption = new Interruption();
        var processes = new Dictionary<string, ChildProcess>();
        var slices = new List<StubSlice>();
        try
        {
            foreach (var mode in modes)
            {
                // One after the other: warming is a load of its own.
                var process = ChildProcess.StartSelf(["child-stub", mode.Name], spin: true);
                processes.Add(mode.Name, process);
                await process.ReadLineAsync(s_timeout, interruption.Token);
            }

            for (var round = 0; round < rounds; round++)
            {
                foreach (var mode in Rotation.Order(modes, round))
                {
                    var process = processes[mode.Name];
                    await process.SendAsync(string.Create(CultureInfo.InvariantCulture, $"run {requests}"));
                    var figures = JsonSerializer.Deserialize<StubFigures>(await process.ReadLineAsync(s_timeout, interruption.Token))!;
                    slices.Add(new StubSlice(mode.Name, round, figures.Nanoseconds, figures.Bytes));
                }
            }
        }
        finally
        {
            foreach (var process in processes.Values)
            {
                process.Dispose();
            }
        }

        var head = ReportHead.Create($"stub {arguments.Line}".TrimEnd());
        Write(Console.Out, head, modes, slices);
        JsonReport.Write(json, head, slices);
        return 0;
    }

    private static void Write(TextWriter output, ReportHead head, IReadOnlyList<StubMode> modes, IReadOnlyList<StubSlice> slices)
    {
        head.Write(output);
        output.WriteLine();
        var table = new MarkdownTable("chain, answered later", "ns", "over bare, paired by round", "bytes", "over bare");
        foreach (var mode in modes)
        {
            var own = slices.Where(s => s.Mode == mode.Name).ToArray();
            var bare = slices.Where(static s => s.Mode == StubModes.Bare).ToDictionary(static s => s.Round);
            var over = bare.Count == 0 || mode.Name == StubModes.Bare ? [] : own.Select(s => (s.Nanoseconds - bare[s.Round].Nanoseconds, s.Bytes - bare[s.Round].Bytes)).ToArray();
            table.Add(
                mode.Name,
                Spread.Of(own.Select(static s => s.Nanoseconds)).ToString("0"),
                over.Length == 0 ? "" : Spread.Of(over.Select(static o => o.Item1)).ToString("+0;-0;0"),
                Spread.Of(own.Select(static s => s.Bytes)).Median.ToString("0", CultureInfo.InvariantCulture),
                over.Length == 0 ? "" : Spread.Of(over.Select(static o => o.Item2)).Median.ToString("+0;-0;0", CultureInfo.InvariantCulture));
        }

        table.Write(output);
    }

    private sealed record StubSlice(string Mode, int Round, double Nanoseconds, double Bytes);
}
