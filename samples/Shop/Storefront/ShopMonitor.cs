using System.Collections.Concurrent;
using Shop.Services;
using Shop.Traffic;

namespace Shop.Storefront;

/// <summary>Looks at the whole shop once a second: its own calls, those of product-recommendation, the processes, the order books.</summary>
internal sealed class ShopMonitor(ShopOptions options, CallerReports own, LoadGenerator load, TimeProvider time) : BackgroundService
{
    // Straight to each instance, by address and outside the mesh: looking must not change what is seen.
    private readonly HttpClient _direct = new() { Timeout = TimeSpan.FromMilliseconds(800) };
    private readonly ConcurrentDictionary<string, CallerReport> _last = [];
    private readonly EventLog _events = new(time);
    private TaskCompletionSource<ShopSnapshot> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ShopSnapshot Current { get; private set; } = new();

    /// <summary>The next look at the shop.</summary>
    public Task<ShopSnapshot> NextAsync(CancellationToken cancellation) => Volatile.Read(ref _next).Task.WaitAsync(cancellation);

    public override void Dispose()
    {
        _direct.Dispose();
        base.Dispose();
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // The first visitor already sees a table.
        await LookAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await LookAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        var instances = RunFolder.ReadStatus(options.RunFolder);
        var others = await Task.WhenAll(instances.Where(i => i.Service == "product-recommendation").Select(i => AskAsync(i, cancellation)));
        var snapshot = SnapshotBuilder.Build([own.Make(), .. others.OfType<CallerReport>()], instances, OrderBook.Total(options.RunFolder));
        Current = snapshot with { Load = load.PerSecond, Events = _events.Observe(snapshot) };
        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult(Current);
    }

    // An instance that does not answer is shown as it was last seen.
    private async Task<CallerReport?> AskAsync(InstanceStatus instance, CancellationToken cancellation)
    {
        try
        {
            if (instance.Running)
            {
                _last[instance.Name] = (await _direct.GetFromJsonAsync<CallerReport>($"http://{instance.Address}/mesh/stats", cancellation))!;
            }
            else
            {
                _last.TryRemove(instance.Name, out _);
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return _last.GetValueOrDefault(instance.Name);
        }

        return _last.GetValueOrDefault(instance.Name);
    }
}
