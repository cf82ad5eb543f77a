using System.Globalization;
using System.Text.Json;
using Mesh.Peers.Common;
using Mesh.Peers.Modes;
using Mesh.Peers.Processes;

namespace Mesh.Peers.Loopback;

/// <summary>The processes of a run: one upstream, one client per mode, the sidecars.</summary>
internal sealed class LoopbackRun : IDisposable
{
    private static readonly TimeSpan s_startTimeout = TimeSpan.FromSeconds(20);
    private readonly Dictionary<string, (ChildProcess Process, string ProxyPids)> _clients = [];
    private readonly List<Sidecar> _sidecars = [];
    private readonly ChildProcess _upstream;
    private readonly CancellationToken _cancellationToken;

    private LoopbackRun(bool spin, CancellationToken cancellationToken)
    {
        _upstream = ChildProcess.StartSelf(["child-upstream"], spin);
        _cancellationToken = cancellationToken;
    }

    public static async Task<LoopbackRun> StartAsync(IReadOnlyList<PeerMode> modes, bool spin, CancellationToken cancellationToken)
    {
        var run = new LoopbackRun(spin, cancellationToken);
        try
        {
            var targets = Targets.Parse(await run._upstream.ReadLineAsync(s_startTimeout, cancellationToken));
            foreach (var mode in modes)
            {
                await run.StartClientAsync(mode, targets, spin);
            }

            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    public async Task<ClientSlice> MeasureAsync(PeerMode mode, int callers, int leadMilliseconds, int milliseconds)
    {
        var (process, proxies) = _clients[mode.Name];
        await process.SendAsync(string.Create(CultureInfo.InvariantCulture, $"run {callers} {leadMilliseconds} {milliseconds} {proxies} {_upstream.Id}"));
        var line = await process.ReadLineAsync(TimeSpan.FromMilliseconds(leadMilliseconds + milliseconds + 40_000), _cancellationToken);
        var slice = JsonSerializer.Deserialize<ClientSlice>(line, JsonReport.Line) ?? throw new InvalidOperationException($"'{mode.Name}' answered '{line}'.");
        if (slice.FirstError is { } error)
        {
            await Console.Error.WriteLineAsync($"{mode.Name}: {slice.Errors} errors, the first: {error}");
        }

        return slice;
    }

    public void Dispose()
    {
        foreach (var (process, _) in _clients.Values)
        {
            process.Dispose();
        }

        _sidecars.ForEach(static s => s.Dispose());
        _upstream.Dispose();
    }

    private async Task StartClientAsync(PeerMode mode, Targets targets, bool spin)
    {
        var proxies = "-";
        if (mode.Sidecar != SidecarKind.None)
        {
            var sidecar = await Sidecar.StartAsync(mode.Sidecar, targets.Http1, _cancellationToken);
            _sidecars.Add(sidecar);
            proxies = string.Join(',', sidecar.ProcessIds);
            targets = targets with { Sidecar = sidecar.Port };
        }

        var client = ChildProcess.StartSelf(["child-client", mode.Name, targets.ToString()], spin);
        _clients.Add(mode.Name, (client, proxies));
        await client.ReadLineAsync(s_startTimeout, _cancellationToken);
    }
}
