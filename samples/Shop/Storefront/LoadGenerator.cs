namespace Shop.Storefront;

/// <summary>Visitors who are not there: a steady trickle of calls, so that the live table has something to show.</summary>
internal sealed class LoadGenerator(ShopOptions options, IServiceProvider services, TimeProvider time) : BackgroundService
{
    public const int Most = 200;
    private const int OrderEvery = 20;
    private const int InFlightLimit = 200;
    private static readonly TimeSpan s_tick = TimeSpan.FromMilliseconds(50);

    private int _inFlight;
    private int _sent;
    private volatile int _perSecond = Math.Min(options.Load, Most);

    /// <summary>Visitors per second; one in twenty orders something.</summary>
    public int PerSecond
    {
        get => _perSecond;
        set => _perSecond = Math.Clamp(value, 0, Most);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_tick, time);
        var opened = time.GetTimestamp();
        double due = 0;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // They come in gradually: the first calls of eight fresh processes are slow.
            var rate = Math.Min(_perSecond, 1 + (4 * time.GetElapsedTime(opened).TotalSeconds));
            for (due += rate * s_tick.TotalSeconds; due >= 1; due--)
            {
                if (Volatile.Read(ref _inFlight) < InFlightLimit)
                {
                    _ = VisitAsync(++_sent % OrderEvery == 0, stoppingToken);
                }
            }
        }
    }

    private async Task VisitAsync(bool orders, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _inFlight);
        try
        {
            var shop = services.GetRequiredService<ShopClient>();
            await (orders ? shop.OrderAsync("sencha", cancellation) : (Task)shop.RecommendAsync(endUser: null, cancellation));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // It shows in the table as an error; a simulated visitor does not complain.
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }
}
