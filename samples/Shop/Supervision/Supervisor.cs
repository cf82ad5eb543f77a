using System.Runtime.InteropServices;

namespace Shop.Supervision;

/// <summary>Starts the shop's processes, keeps them running, and stops them together.</summary>
internal sealed class Supervisor(ShopOptions options)
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(60);
    private readonly ShopConsole _console = new();

    public async Task<int> RunAsync()
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var folder = new RunFolder();
        var port = Plan.PortOrFree(options.Port);
        var plan = Plan.Make(port);
        folder.WriteEndpoints(plan);
        var environment = RunFolder.ServicesSection(plan).ToArray();
        InstanceProcess Start(PlannedInstance i) => InstanceProcess.Start(i, options, folder.Path, environment, line => _console.Log(i.Name, line));

        SupervisedInstance[] instances = [];
        var statusGate = new Lock();
        void Changed()
        {
            lock (statusGate)
            {
                folder.WriteStatus(instances.Select(i => i.Status));
            }
        }

        instances = [.. plan.Select(p => new SupervisedInstance(p, Start, _console, Changed))];
        _console.Line();
        _console.Line($"  {_console.Bold("The Mesh shop")}  {plan.Length} processes, no proxy between them. Starting …");
        if (options.Port != 0 && port != options.Port)
        {
            _console.Line($"  Port {options.Port} is taken by another program; the page is on {port} instead.");
        }

        using var stopBackends = new CancellationTokenSource();
        var backends = instances[..^1].Select(i => i.RunAsync(stopBackends.Token)).ToArray();
        Task storefront = Task.CompletedTask;
        var exitCode = 0;
        try
        {
            await Task.WhenAll(instances[..^1].Select(i => i.FirstReady)).WaitAsync(s_startLimit, stop.Token);
            storefront = instances[^1].RunAsync(stop.Token);
            await instances[^1].FirstReady.WaitAsync(s_startLimit, stop.Token);
            Explain(port, instances);
            await Task.Delay(Timeout.Infinite, stop.Token);
        }
        catch (OperationCanceledException)
        {
            _console.Line();
            _console.Line("  Stopping …");
        }
        catch (TimeoutException)
        {
            var missing = instances.Where(i => !i.FirstReady.IsCompleted).Select(i => i.Plan.Name);
            _console.Line($"  {_console.Bad("The shop did not start")}: no sign of life from {string.Join(", ", missing)}. Its lines above may say why; --verbose shows more.");
            exitCode = 1;
        }

        // Callers go before those they call, so that the last seconds of the shop bring no errors.
        await stop.CancelAsync();
        await storefront;
        await stopBackends.CancelAsync();
        await Task.WhenAll(backends);
        _console.Line("  Stopped; no process is left.");
        return exitCode;
    }

    private void Explain(int port, SupervisedInstance[] instances)
    {
        var url = $"http://localhost:{port}";
        var mesh = ShopOptions.Display(options.MeshFolder);
        var victim = instances.First(i => i.Plan.Name == "product-info-2").Status;
        _console.Line();
        _console.Instances(instances[^1..].Concat(instances[..^1]).Select(i => i.Status));
        _console.Line();
        _console.Line($"  {_console.Bold("Open")}  {_console.Bold(_console.Accent(url))}");
        _console.Line();
        _console.Line($"  {_console.Bold("Try next")}");
        (string What, string How)[] hints =
        [
            ("shift traffic", $"edit the weights in {Path.Combine(mesh, "product-recommendation.yaml")} and save"),
            ("see the canary", $"curl -H 'end-user: jason' {url}/v1/product-recommendation"),
            ("break something", $"kill {victim.Pid}     ({victim.Name}; it comes back after a few seconds)"),
            ("place an order", $"curl -d product=sencha {url}/orders"),
            ("make a mistake", $"write 'wieght' for 'weight' in that file: the last good version stays in force"),
        ];
        foreach (var (what, how) in hints)
        {
            _console.Line($"    {what,-17}{_console.Accent(how)}");
        }

        _console.Line();
        _console.Line($"  {_console.Dim("Ctrl-C stops everything.")}");
        _console.Line();
    }
}
