using System.Runtime.CompilerServices;
using Mesh.Discovery;
using Mesh.Model;
using Microsoft.Extensions.Logging;

namespace Mesh.Client.Discovery;

/// <summary>
/// Endpoints of a service that is declared with <see cref="EndpointResolution.Dns"/>: the names it lists, else its own host, are looked up
/// again and again. The service is declared, so it exists even while no name resolves.
/// </summary>
internal sealed partial class DnsEndpointResolver(ModelList<MeshEndpoint> names, DnsContext context, ILogger logger) : IEndpointSource
{
    private readonly ILogger _logger = logger;

    public string Name => "dns";

    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(ServiceQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ModelList<MeshEndpoint> own = [new MeshEndpoint { Address = query.ServiceName, Port = query.Port }];
        var watch = new DnsEndpointWatch(names.Count > 0 ? names : own, context);
        EndpointUpdate? last = null;
        while (true)
        {
            await watch.RefreshAsync(cancellationToken).ConfigureAwait(false);
            var update = watch.Current();
            if (update != last)
            {
                if (update.Problem is not null && update.Problem != last?.Problem)
                {
                    LogProblem(query.ServiceName, update.Problem);
                }

                last = update;
                yield return update;
            }

            if (watch.IsFixed)
            {
                yield break;
            }

            await watch.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
