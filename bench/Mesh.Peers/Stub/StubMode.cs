using Mesh.Peers.Modes;

namespace Mesh.Peers.Stub;

/// <summary>One row of the stub table: a chain over the stub transport.</summary>
internal sealed record StubMode(string Name, Func<StubTransport, PeerClient> Create);

/// <summary>Every mode of the stub command, in the order of the table.</summary>
internal static class StubModes
{
    public const string Bare = "bare";
    private static readonly Uri s_uri = new("http://catalog/items/42");

    public static IReadOnlyList<StubMode> All { get; } =
    [
        new(Bare, static stub => PeerClient.Over(stub, s_uri)),
        new("bare2", static stub => PeerClient.Over(stub, s_uri)),
        new("async-layer", static stub => PeerClient.Over(new AsyncLayer { InnerHandler = stub }, s_uri)),
        new("polly", static stub => PollyMode.Create([5001, 5002, 5003], stub)),
        new("servicediscovery", static stub => ServiceDiscoveryMode.Create([5001, 5002, 5003], stub)),
        .. MeshModes.Stub,
    ];

    public static StubMode Get(string name) =>
        All.FirstOrDefault(m => m.Name == name) ?? throw new ArgumentException($"No mode '{name}'. There are: {string.Join(", ", All.Select(static m => m.Name))}.");

    /// <summary>The least that a handler which awaits can cost.</summary>
    private sealed class AsyncLayer : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
