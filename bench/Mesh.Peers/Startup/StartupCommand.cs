using System.Diagnostics;
using System.Globalization;
using Mesh.Peers.Common;
using Mesh.Peers.Loopback;
using Mesh.Peers.Processes;

namespace Mesh.Peers.Startup;

/// <summary>One start of one application. Times in ms since just before the process was created; memory in MB (10^6 bytes).</summary>
internal sealed record StartupSlice(string Mode, int Round, double Started, double Jit, double FirstResponse, double FirstCall, double ManagedMegabytes, double OwnMegabytes, double WorkingSetMegabytes);

/// <summary>What the mesh adds to the start of an ASP.NET Core application and to its memory, a fresh process each time.</summary>
internal static class StartupCommand
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var rounds = arguments.Int("--rounds", 11);
        var names = arguments.List("--modes");
        var json = arguments.Text("--json");
        arguments.EnsureAllUsed();
        var modes = names is null ? [.. StartupModes.All] : names.Select(StartupModes.Get).ToArray();

        using var interruption = new Interruption();
        using var upstream = ChildProcess.StartSelf(["child-upstream"], spin: true);
        var targets = Targets.Parse(await upstream.ReadLineAsync(s_timeout, interruption.Token));
        using var caller = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var slices = new List<StartupSlice>();
        for (var round = -1; round < rounds; round++)
        {
            foreach (var mode in Rotation.Order(modes, round + 1))
            {
                var slice = await MeasureAsync(mode, round, targets, caller, interruption.Token);
                if (round >= 0)
                {
                    // The round before the first one brings the files into the page cache and warms this process.
                    slices.Add(slice);
                }
            }
        }

        var head = ReportHead.Create($"startup {arguments.Line}".TrimEnd());
        Write(Console.Out, head, modes, slices);
        JsonReport.Write(json, head, slices);
        return 0;
    }

    private static async Task<StartupSlice> MeasureAsync(StartupMode mode, int round, Targets targets, HttpClient caller, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = ChildProcess.StartSelf(
            ["child-app", mode.Name, targets.ToString()],
            spin: true,
            info => info.Environment[StartupApp.StartVariable] = start.ToString(CultureInfo.InvariantCulture));
        var line = (await process.ReadLineAsync(s_timeout, cancellationToken)).Split(' ');
        var address = $"http://127.0.0.1:{line[0]}";
        await caller.GetStringAsync($"{address}/ping", cancellationToken);
        var firstResponse = Stopwatch.GetElapsedTime(start);
        var beforeCall = Stopwatch.GetTimestamp();
        await caller.GetStringAsync($"{address}/call", cancellationToken);
        var firstCall = Stopwatch.GetElapsedTime(beforeCall);
        var memory = (await caller.GetStringAsync($"{address}/memory", cancellationToken)).Split(' ');
        return new StartupSlice(
            mode.Name, round, Number(line[1]), Number(line[2]), firstResponse.TotalMilliseconds, firstCall.TotalMilliseconds, Number(memory[0]) / 1e6, Number(memory[2]) / 1e6, Number(memory[1]) / 1e6);

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    private static void Write(TextWriter output, ReportHead head, IReadOnlyList<StartupMode> modes, IReadOnlyList<StartupSlice> slices)
    {
        head.Write(output);
        output.WriteLine();
        var table = new MarkdownTable(
            "application", "started, ms", "over plain", "of it compiling (all threads), ms", "over plain", "first response, ms", "over plain", "first call to a service, ms", "over plain", "managed, MB", "over plain", "heaps, stacks and compiled code, MB", "over plain", "working set, MB", "over plain");
        foreach (var mode in modes)
        {
            var cells = new List<string> { mode.Name };
            foreach (var (value, format) in s_columns)
            {
                var own = slices.Where(s => s.Mode == mode.Name).ToArray();
                cells.Add(Spread.Of(own.Select(value)).Median.ToString(format, CultureInfo.InvariantCulture));
                cells.Add(mode.Name == StartupModes.Plain
                    ? ""
                    : Spread.Of(own.Select(s => value(s) - value(slices.First(p => p.Mode == StartupModes.Plain && p.Round == s.Round)))).ToString(format));
            }

            table.Add([.. cells]);
        }

        table.Write(output);
    }

    private static readonly (Func<StartupSlice, double> Value, string Format)[] s_columns =
    [
        (static s => s.Started, "0.0"),
        (static s => s.Jit, "0.0"),
        (static s => s.FirstResponse, "0.0"),
        (static s => s.FirstCall, "0.0"),
        (static s => s.ManagedMegabytes, "0.00"),
        (static s => s.OwnMegabytes, "0.0"),
        (static s => s.WorkingSetMegabytes, "0.0"),
    ];
}
