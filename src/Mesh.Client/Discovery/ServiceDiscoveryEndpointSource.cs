using System.Runtime.CompilerServices;
using Mesh.Discovery;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.ServiceDiscovery;

namespace Mesh.Client.Discovery;

/// <summary>
/// Lets the providers that an application has registered for Microsoft.Extensions.ServiceDiscovery (Consul, DNS SRV, its own) feed the mesh.
/// 1. They are asked in registration order, as their own resolver does; each leaves alone what an earlier one has found.
/// 2. They are asked again when one of their change tokens fires, or, when a token cannot fire, each RefreshPeriod (60 s).
/// 3. A provider that throws ends this watch; whoever drives it keeps the last list and starts it again with back-off.
/// The configuration and pass-through providers of the package are left out: <see cref="ConfigurationEndpointSource"/> and
/// <see cref="PassThroughEndpointSource"/> do their work. With no provider left, no service is known here and nothing runs.
/// </summary>
internal sealed class ServiceDiscoveryEndpointSource : IEndpointSource
{
    private readonly IServiceEndpointProviderFactory[] _factories;
    private readonly TimeSpan _refreshPeriod;
    private readonly TimeProvider _time;

    public ServiceDiscoveryEndpointSource(IEnumerable<IServiceEndpointProviderFactory> factories, IOptions<ServiceDiscoveryOptions> options, TimeProvider time)
    {
        _factories = [.. factories.Where(static factory => !IsCovered(factory))];
        _refreshPeriod = options.Value.RefreshPeriod;
        _time = time;
    }

    public string Name => "service-discovery";

    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(ServiceQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_factories.Length == 0 || !ServiceEndpointQuery.TryParse(Write(query), out var question))
        {
            yield break;
        }

        var providers = new ProviderSet(_factories, question);
        await using var release = providers.ConfigureAwait(false);
        if (providers.IsEmpty)
        {
            yield break;
        }

        EndpointUpdate? last = null;
        while (true)
        {
            var answer = await providers.AskAsync(cancellationToken).ConfigureAwait(false);
            var endpoints = QueryPort.Apply(query.Port, answer.Endpoints.Select(ServiceEndpointReader.Read).OfType<MeshEndpoint>());
            var update = endpoints.Count == 0 ? EndpointUpdate.NotFound : new EndpointUpdate(endpoints);
            if (update != last)
            {
                last = update;
                yield return update;
            }

            await answer.WaitForChangeAsync(_refreshPeriod, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    // By name, because the package keeps both types to itself.
    private static bool IsCovered(IServiceEndpointProviderFactory factory) =>
        factory.GetType().FullName is "Microsoft.Extensions.ServiceDiscovery.Configuration.ConfigurationServiceEndpointProviderFactory"
            or "Microsoft.Extensions.ServiceDiscovery.PassThrough.PassThroughServiceEndpointProviderFactory";

    private static string Write(ServiceQuery query) =>
        (query.Schemes.Count == 0 ? "" : string.Join('+', query.Schemes) + "://")
        + (query.EndpointName is null ? "" : $"_{query.EndpointName}.")
        + query.ServiceName
        + (query.Port == 0 ? "" : $":{query.Port}");
}
