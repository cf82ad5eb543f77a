namespace Mesh.FunctionalTests.Chaos;

/// <summary>Callers that send one request after the other until they are told to stop.</summary>
internal sealed class Callers : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _running;
    private long _calls;

    public Callers(int count, Func<long, Task> call)
    {
        _running = [.. Enumerable.Range(0, count).Select(_ => Task.Run(async () =>
        {
            while (!_stop.IsCancellationRequested)
            {
                await call(Interlocked.Increment(ref _calls));
            }
        }))];
    }

    public long Calls => Interlocked.Read(ref _calls);

    /// <summary>Lets every caller finish what it is doing; rethrows what one of them threw.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running).WaitAsync(TimeSpan.FromSeconds(20));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
    }
}
