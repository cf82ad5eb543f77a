using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Client.Discovery;

/// <summary>
/// What the port of a service name (<c>https://catalog:9000</c>) means for the endpoints that were found. Microsoft.Extensions.ServiceDiscovery
/// ignores it; here it
/// 1. becomes the port of every endpoint that has none, and
/// 2. chooses the endpoints that have exactly this port, when there are any. When there are none it chooses nothing away: the port is then
///    the logical one that callers use, and the endpoints listen elsewhere (as behind a Kubernetes service with a targetPort).
/// </summary>
internal static class QueryPort
{
    public static ModelList<MeshEndpoint> Apply(int port, IEnumerable<MeshEndpoint> endpoints)
    {
        var list = endpoints.ToModelList();
        if (port == 0 || list.Count == 0)
        {
            return list;
        }

        var somebodyListensThere = list.Any(endpoint => endpoint.Port == port);
        return list
            .Where(endpoint => !somebodyListensThere || endpoint.Port == port || endpoint.Port == 0)
            .Select(endpoint => endpoint.Port == 0 ? endpoint with { Port = port } : endpoint)
            .ToModelList();
    }
}
