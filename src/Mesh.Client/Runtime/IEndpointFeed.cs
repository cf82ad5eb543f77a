using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Client.Runtime;

/// <summary>The endpoints of one service as discovery delivers them. The runtime knows no more of discovery than this.</summary>
internal interface IEndpointFeed : IAsyncDisposable
{
    /// <summary>Begins; every full list goes to <paramref name="onEndpoints"/>, the first possibly before this returns.</summary>
    void Start(Action<ModelList<MeshEndpoint>> onEndpoints);

    /// <summary>Completes with the first list, or when discovery has given up on it for now. Never faults.</summary>
    Task FirstResult { get; }
}
