using Mesh.Discovery;

namespace Mesh.Client.Tests.Discovery;

/// <summary>Reads the updates of a source one by one.</summary>
internal sealed class WatchProbe : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IAsyncEnumerator<EndpointUpdate> _updates;
    private Task<bool>? _next;

    public WatchProbe(IEndpointSource source, string name)
    {
        Assert.That(ServiceQuery.TryParse(name, out var query), Is.True, name);
        _updates = source.WatchAsync(query!, _stop.Token).GetAsyncEnumerator(_stop.Token);
    }

    /// <summary>True when the source has something to say, or has ended, without waiting.</summary>
    public bool HasNext() => (_next ??= _updates.MoveNextAsync().AsTask()).IsCompleted;

    public async Task<EndpointUpdate> NextAsync()
    {
        _next ??= _updates.MoveNextAsync().AsTask();
        Assert.That(await _next.WaitAsync(Wait.Limit), Is.True, "the source ended");
        _next = null;
        return _updates.Current;
    }

    public async Task<bool> EndedAsync() => !await (_next ??= _updates.MoveNextAsync().AsTask()).WaitAsync(Wait.Limit);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_next is { } next)
        {
            await next.ContinueWith(static _ => { }, TaskScheduler.Default).WaitAsync(Wait.Limit);
        }

        await _updates.DisposeAsync();
        _stop.Dispose();
    }
}

internal static class Endpoints
{
    /// <summary>Endpoints as text: <c>https://host:port</c> or <c>host:port</c>, in order.</summary>
    public static string[] Text(this EndpointUpdate update) => Text(update.Endpoints);

    public static string[] Text(this IEnumerable<MeshEndpoint> endpoints) =>
        [.. endpoints.Select(e => $"{(e.Scheme is null ? "" : e.Scheme + "://")}{e.Address}{(e.Port == 0 ? "" : ":" + e.Port)}")];

    public static EndpointUpdate Update(params string[] endpoints) => EndpointUpdate.Of(endpoints.Select(EndpointUpdate.Parse));
}
