using System.Runtime.CompilerServices;
using Mesh.Discovery;

namespace Mesh.Client.Discovery;

/// <summary>
/// The last resort: the host and port of the name itself are the one endpoint, and the name is resolved when a connection is opened.
/// Every service is known here, so this source stands last.
/// </summary>
internal sealed class PassThroughEndpointSource : IEndpointSource
{
    public string Name => "pass-through";

    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(ServiceQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new EndpointUpdate([new MeshEndpoint { Address = HostLiteral.Unbracket(query.ServiceName), Port = query.Port }]);
    }
}
