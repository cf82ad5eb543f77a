using Mesh.Testing;

namespace Mesh.FunctionalTests.Chaos;

/// <summary>Instances of one service, for runs of many requests.</summary>
internal sealed class ServerGroup : IAsyncDisposable
{
    private ServerGroup(LoopbackServer[] servers) => All = servers;

    public LoopbackServer[] All { get; }

    public LoopbackServer this[int index] => All[index];

    public static async Task<ServerGroup> StartAsync(int count, LoopbackBehavior? behavior = null) => new(await Task.WhenAll(Enumerable.Range(0, count).Select(i =>
        LoopbackServer.StartAsync(new LoopbackServerOptions { Name = $"{i}", Behavior = behavior ?? LoopbackBehavior.Ok, RecordRequests = false }))));

    public async ValueTask DisposeAsync()
    {
        foreach (var server in All)
        {
            await server.DisposeAsync();
        }
    }
}
