using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Client.Discovery;

/// <summary>Decides which sources feed a service, by the way the service says its endpoints are found.</summary>
/// <param name="registered">The sources of <see cref="EndpointResolution.Discovery"/> in the order in which they are asked.</param>
/// <param name="dns">What DNS lookups need.</param>
/// <param name="context">What subscriptions need.</param>
internal sealed class ServiceEndpointSources(IEnumerable<IEndpointSource> registered, DnsContext dns, DiscoveryContext context)
{
    private readonly IEndpointSource[] _registered = [.. registered];
    private readonly IEndpointSource[] _passThrough = [new PassThroughEndpointSource()];

    /// <summary>Subscribes to the endpoints of a service; the caller starts and disposes the subscription.</summary>
    /// <param name="service">The service; a later version of it needs a new subscription only when <see cref="SameSubscription"/> says so.</param>
    /// <param name="onEndpoints">Takes each new list; must be quick and must not wait for anything.</param>
    public EndpointSubscription Subscribe(ServiceModel service, Action<ModelList<MeshEndpoint>> onEndpoints) =>
        new(QueryFor(service), SourcesFor(service), context, onEndpoints);

    /// <summary>True when both versions of a service find their endpoints in the same way, so that a running subscription serves the newer one too.</summary>
    public static bool SameSubscription(ServiceModel older, ServiceModel newer) =>
        older.Resolution == newer.Resolution
        && (older.Resolution is not (EndpointResolution.Static or EndpointResolution.Dns) || older.Endpoints.Equals(newer.Endpoints))
        && QueryFor(older) == QueryFor(newer);

    /// <summary>The query that is put to the sources: the discovery name of the service, else its first host, else its name.</summary>
    public static ServiceQuery QueryFor(ServiceModel service)
    {
        var name = service.DiscoveryName ?? (service.Hosts.Count > 0 ? service.Hosts[0] : service.Name);
        return ServiceQuery.TryParse(name, out var query) ? query : new ServiceQuery(name, null, []);
    }

    private IEndpointSource[] SourcesFor(ServiceModel service) => service.Resolution switch
    {
        EndpointResolution.Static => [new StaticEndpointSource(service.Endpoints)],
        EndpointResolution.Dns => [new DnsEndpointResolver(service.Endpoints, dns, context.Logger)],
        EndpointResolution.PassThrough => _passThrough,
        _ => _registered,
    };
}
