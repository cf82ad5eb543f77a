using Mesh.Configuration.Reading;
using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Configuration.Kubernetes;

/// <summary>EndpointSlices by the Service they belong to, for Services whose addresses stand beside them in the folder.</summary>
internal sealed class EndpointSliceIndex
{
    private const string ServiceLabel = "kubernetes.io/service-name";
    private readonly Dictionary<(string Namespace, string Service), List<MeshEndpoint>> _byService = [];

    public EndpointSliceIndex(IReadOnlyList<Typed<EndpointSliceSpec>> slices)
    {
        foreach (var slice in slices)
        {
            if (slice.Document.Metadata.Labels.TryGetValue(ServiceLabel, out var service))
            {
                if (!_byService.TryGetValue((slice.Namespace, service), out var endpoints))
                {
                    _byService[(slice.Namespace, service)] = endpoints = [];
                }

                endpoints.AddRange(slice.Spec.Endpoints.Where(static e => e.Ready is not false && e.Addresses.Count > 0).Select(e => Endpoint(e, slice.Spec)));
            }
        }
    }

    /// <summary>The endpoints of a Service, perhaps none; null when no slice speaks of it.</summary>
    public ModelList<MeshEndpoint>? Of(string @namespace, string service) =>
        _byService.TryGetValue((@namespace, service), out var endpoints) ? endpoints.ToModelList() : null;

    // All addresses of an endpoint lead to the same one, so the first does.
    private static MeshEndpoint Endpoint(EndpointSliceEndpointSpec endpoint, EndpointSliceSpec slice) => new()
    {
        Address = endpoint.Addresses[0],
        Port = slice.Ports.FirstOrDefault(static p => p.Name.Length == 0)?.Port ?? 0,
        PortsByName = slice.Ports.Where(static p => p.Name.Length > 0).DistinctBy(static p => p.Name).Select(static p => new KeyValuePair<string, int>(p.Name, p.Port)).ToModelMap(),
        InstanceName = endpoint.TargetName,
    };
}
