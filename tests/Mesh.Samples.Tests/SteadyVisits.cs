using Mesh.Samples.Tests.Running;

namespace Mesh.Samples.Tests;

/// <summary>Loads the page and asks the public path again and again, from four visitors at once, until it is stopped.</summary>
internal sealed class SteadyVisits : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<List<string>[]> _visitors;
    private int _count;

    public SteadyVisits(RunningShop shop) =>
        _visitors = Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => VisitAsync(shop, i % 2 == 0 ? "/" : "/v1/product-recommendation"))));

    public int Count => _count;

    /// <summary>Ends the visits; what went wrong with them.</summary>
    public async Task<List<string>> StopAsync()
    {
        await _stop.CancelAsync();
        return [.. (await _visitors).SelectMany(v => v)];
    }

    public void Dispose() => _stop.Dispose();

    private async Task<List<string>> VisitAsync(RunningShop shop, string path)
    {
        var failures = new List<string>();
        while (!_stop.IsCancellationRequested)
        {
            using var response = await shop.Client.GetAsync(path);
            Interlocked.Increment(ref _count);
            if (!response.IsSuccessStatusCode)
            {
                // Of a page the first line says nothing; of the public path it says what went wrong.
                failures.Add($"{path}: {(int)response.StatusCode} {(await response.Content.ReadAsStringAsync()).Split('\n')[0]}");
            }
        }

        return failures;
    }
}
