using System.Runtime.InteropServices;

namespace Samples.Supervision;

/// <summary>Starts the processes of a sample, keeps them running, and stops them together.</summary>
internal sealed class Supervisor(SupervisedPlan plan, RunFolder folder, SampleConsole console)
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(60);

    /// <summary>Runs until Ctrl-C or SIGTERM; the exit code of the sample.</summary>
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

        var instances = Supervise();
        Announce();
        using var stopBackends = new CancellationTokenSource();
        var backends = instances[..^1].Select(i => i.RunAsync(stopBackends.Token)).ToArray();
        Task front = Task.CompletedTask;
        var exitCode = 0;
        try
        {
            await Task.WhenAll(instances[..^1].Select(i => i.FirstReady)).WaitAsync(s_startLimit, stop.Token);
            front = instances[^1].RunAsync(stop.Token);
            await instances[^1].FirstReady.WaitAsync(s_startLimit, stop.Token);
            plan.Explain([.. instances[^1..].Concat(instances[..^1]).Select(i => i.Status)]);
            await Task.Delay(Timeout.Infinite, stop.Token);
        }
        catch (OperationCanceledException)
        {
            console.Line();
            console.Line("  Stopping …");
        }
        catch (TimeoutException)
        {
            var missing = instances.Where(i => !i.FirstReady.IsCompleted).Select(i => i.Plan.Name);
            console.Line($"  {console.Bad($"{plan.Title} did not start")}: no sign of life from {string.Join(", ", missing)}. Its lines above may say why; --verbose shows more.");
            exitCode = 1;
        }

        // Callers go before those they call, so that the last seconds bring no errors.
        await stop.CancelAsync();
        await front;
        await stopBackends.CancelAsync();
        await Task.WhenAll(backends);
        console.Line("  Stopped; no process is left.");
        return exitCode;
    }

    private SupervisedInstance[] Supervise()
    {
        SupervisedInstance[] instances = [];
        var statusGate = new Lock();
        void Changed()
        {
            lock (statusGate)
            {
                folder.WriteStatus(instances.Select(i => i.Status));
            }
        }

        InstanceProcess Start(PlannedInstance i) => InstanceProcess.Start(plan.Arguments(i), plan.Environment, line => console.Log(i.Name, line));
        return instances = [.. plan.Instances.Select(p => new SupervisedInstance(p, Start, console, Changed))];
    }

    private void Announce()
    {
        console.Line();
        console.Line($"  {console.Bold(plan.Title)}  {plan.Instances.Length} processes, no proxy between them. Starting …");
        if (plan.WantedPort != 0 && plan.Instances[^1].Port != plan.WantedPort)
        {
            console.Line($"  Port {plan.WantedPort} is taken by another program; the page is on {plan.Instances[^1].Port} instead.");
        }
    }
}
