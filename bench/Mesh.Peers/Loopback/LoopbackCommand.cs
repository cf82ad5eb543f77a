using Mesh.Peers.Common;
using Mesh.Peers.Modes;
using Mesh.Peers.Processes;

namespace Mesh.Peers.Loopback;

/// <summary>
/// Closed loop over real sockets. The processes are warmed before their first round; only one mode sends at a time. A slice during which other
/// programs used the machine is taken again. Two processes of the same program differ by several percent for as long as they live (layout of code
/// and memory, what the compiler saw first), so a small difference needs many of them: <c>--lives</c> shares the rounds among that many sets of processes.
/// </summary>
internal static class LoopbackCommand
{
    private const int LeadMilliseconds = 300;
    private const int WarmMilliseconds = 2500;
    private const double QuietCores = 0.15;
    private const int MaxRetakes = 4;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var callers = arguments.Ints("--callers", [16, 64]);
        var rounds = arguments.Int("--rounds", 9);
        var lives = Math.Clamp(arguments.Int("--lives", 1), 1, rounds);
        var milliseconds = (int)(arguments.Number("--seconds", 2) * 1000);
        var spin = !arguments.Flag("--no-spin");
        var names = arguments.List("--modes");
        var json = arguments.Text("--json");
        arguments.EnsureAllUsed();
        var modes = names is null ? [.. PeerModes.All] : names.Select(PeerModes.Get).ToArray();

        using var interruption = new Interruption();
        var slices = new List<Slice>();
        for (var life = 0; life < lives; life++)
        {
            using var run = await LoopbackRun.StartAsync(modes, spin, interruption.Token);
            foreach (var count in callers)
            {
                foreach (var mode in modes)
                {
                    await run.MeasureAsync(mode, count, 0, WarmMilliseconds);
                }

                for (var round = rounds * life / lives; round < rounds * (life + 1) / lives; round++)
                {
                    foreach (var mode in Rotation.Order(modes, round))
                    {
                        slices.Add(await MeasureQuietlyAsync(run, mode, count, round, milliseconds, interruption.Token));
                    }

                    await Console.Error.WriteLineAsync($"{count} callers, round {round + 1} of {rounds}");
                }
            }
        }

        var head = ReportHead.Create($"loopback {arguments.Line}");
        LoopbackReport.Write(Console.Out, head, spin, modes, slices);
        JsonReport.Write(json, head, slices);
        return slices.Any(static s => s.Client.Errors > 0) ? 1 : 0;
    }

    private static async Task<Slice> MeasureQuietlyAsync(LoopbackRun run, PeerMode mode, int callers, int round, int milliseconds, CancellationToken cancellationToken)
    {
        for (var retaken = 0; ; retaken++)
        {
            var before = CpuTime.Neighbours();
            var client = await run.MeasureAsync(mode, callers, LeadMilliseconds, milliseconds);
            var after = CpuTime.Neighbours();
            var busy = after.Sum(p => p.Value - before.GetValueOrDefault(p.Key)) / (client.Seconds + (LeadMilliseconds / 1000.0));
            if (busy <= QuietCores || retaken == MaxRetakes)
            {
                return new Slice(mode.Name, callers, round, client, busy, retaken);
            }

            await Task.Delay(1000, cancellationToken);
        }
    }
}
