namespace Samples.Supervision;

/// <summary>Keeps one instance alive: starts it, and again when it ends, after a pause that is long enough to watch the mesh do without it.</summary>
internal sealed class SupervisedInstance(PlannedInstance plan, Func<PlannedInstance, InstanceProcess> start, SampleConsole console, Action changed)
{
    // Shorter than the ejection times in the samples (5 s): the first probe finds the instance up again.
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_healthyAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(4);

    private readonly TaskCompletionSource _firstReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile InstanceProcess? _process;
    private volatile bool _running;

    public PlannedInstance Plan => plan;

    /// <summary>Done when the instance listens for the first time.</summary>
    public Task FirstReady => _firstReady.Task;

    public InstanceStatus Status => new(plan.Service, plan.Name, plan.Version, plan.Address, _process?.Pid ?? 0, _running);

    public async Task RunAsync(CancellationToken stopping)
    {
        var pause = s_firstPause;
        while (!stopping.IsCancellationRequested)
        {
            using var process = start(plan);
            _process = process;
            changed();
            var started = TimeProvider.System.GetTimestamp();
            await WatchAsync(process, stopping);
            _running = false;
            if (!stopping.IsCancellationRequested)
            {
                pause = TimeProvider.System.GetElapsedTime(started) > s_healthyAfter ? s_firstPause : pause;
                console.Event($"{console.Bad("ended")}    {plan.Name} (pid {process.Pid}, exit code {process.ExitCode}); starts again in {pause.TotalSeconds:0} s");
                changed();
                await Task.Delay(pause, stopping).ContinueWith(static _ => { }, TaskScheduler.Default);
                pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
            }
        }
    }

    // Returns when the process has ended, by itself or because the sample stops.
    private async Task WatchAsync(InstanceProcess process, CancellationToken stopping)
    {
        try
        {
            await Task.WhenAny(process.Ready, process.Exited).WaitAsync(stopping);
            if (process.Ready.IsCompleted)
            {
                _running = true;
                changed();
                if (!_firstReady.TrySetResult())
                {
                    console.Event($"{console.Good("running")}  {plan.Name} again (pid {process.Pid})");
                }
            }

            await process.Exited.WaitAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            await process.StopAsync(s_patience);
        }
    }
}
