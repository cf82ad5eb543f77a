using System.Runtime.CompilerServices;
using Mesh.Discovery;
using Microsoft.Extensions.Logging;

namespace Mesh.Client.Discovery;

/// <summary>
/// Endpoints of any service whose name is a host name that DNS knows: one per address, with the port of the name.
/// A name that has never resolved is not known here, so the next source is asked, while the lookups go on with back-off.
/// A first lookup that fails is a failure, not an answer: the watch ends with it and is started again.
/// </summary>
internal sealed partial class DnsEndpointSource(DnsContext context, ILogger<DnsEndpointSource> logger) : IEndpointSource
{
    private readonly ILogger _logger = logger;

    public string Name => "dns";

    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(ServiceQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watch = new DnsEndpointWatch([new MeshEndpoint { Address = HostLiteral.Unbracket(query.ServiceName), Port = query.Port }], context);
        EndpointUpdate? last = null;
        while (true)
        {
            await watch.RefreshAsync(cancellationToken).ConfigureAwait(false);
            if (watch.Failure is { } failure && last is null)
            {
                throw new IOException($"The DNS lookup of '{query.ServiceName}' failed: {failure.Message}", failure);
            }

            var update = watch.Current();
            update = update.Endpoints.Count == 0 ? EndpointUpdate.NotFound : update;
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
