using System.Runtime.CompilerServices;
using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Client.Discovery;

/// <summary>The endpoints that are written in the configuration of the service itself; they change when the service does.</summary>
internal sealed class StaticEndpointSource(ModelList<MeshEndpoint> endpoints) : IEndpointSource
{
    public string Name => "static";

    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(ServiceQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new EndpointUpdate(endpoints);
    }
}
