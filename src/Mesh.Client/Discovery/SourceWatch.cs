using Mesh.Discovery;
using Microsoft.Extensions.Logging;

namespace Mesh.Client.Discovery;

/// <summary>
/// Keeps one source answering for one service: a watch that fails is started again with back-off, and what it said last still stands.
/// A watch that ends by itself has said its last word; ending without one means that the source does not know the service.
/// </summary>
internal sealed partial class SourceWatch(IEndpointSource source, ServiceQuery query, DiscoveryContext context, Action reported) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ILogger _logger = context.Logger;
    private Task _run = Task.CompletedTask;
    private volatile SourceReport _report = SourceReport.None;

    public string SourceName => source.Name;

    /// <summary>The last word of the source.</summary>
    public SourceReport Report => _report;

    /// <summary>Starts the watch; what the source has at hand is reported before this returns.</summary>
    public void Start() => _run = RunAsync(_stop.Token);

    /// <summary>Ends the watch and waits for the source to let go.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _stop.CancelAsync().ConfigureAwait(false);
        }
        catch (AggregateException e)
        {
            LogStopFailed(e, query.ServiceName, source.Name);
        }

        await _run.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync(CancellationToken stop)
    {
        var failures = 0;
        while (true)
        {
            var answered = false;
            try
            {
                await foreach (var update in source.WatchAsync(query, stop).ConfigureAwait(false))
                {
                    if (failures > 0)
                    {
                        LogRecovered(query.ServiceName, source.Name, failures);
                    }

                    (failures, answered) = (0, true);
                    Say(new SourceReport(update, null, context.Time.GetUtcNow()));
                }

                if (!answered && !stop.IsCancellationRequested)
                {
                    Say(new SourceReport(EndpointUpdate.NotFound, null, context.Time.GetUtcNow()));
                }

                return;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                failures++;
                var delay = Backoff.Default.Delay(failures, context.NextRandom());
                if (failures == 1)
                {
                    LogFailed(e, query.ServiceName, source.Name, delay);
                }
                else
                {
                    LogFailedAgain(query.ServiceName, source.Name, failures, e.Message, delay);
                }

                Say(_report with { Error = e });
                await Task.Delay(delay, context.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (stop.IsCancellationRequested)
                {
                    return;
                }
            }
        }
    }

    private void Say(SourceReport report)
    {
        _report = report;
        reported();
    }
}

/// <summary>What a source said last, and what it has failed of since.</summary>
internal sealed record SourceReport(EndpointUpdate? Answer, Exception? Error, DateTimeOffset? AnsweredAt)
{
    public static SourceReport None { get; } = new(null, null, null);
}
