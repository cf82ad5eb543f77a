using System.Runtime.CompilerServices;
using Mesh.Discovery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Mesh.Client.Discovery;

/// <summary>
/// Endpoints from the <c>Services</c> section (see <see cref="ServicesSection"/> for the schema). The first list is there synchronously;
/// a reload of the configuration is seen by the one registration that each watch holds until it is cancelled.
/// A section that is missing keeps being watched, so a service added later is found.
/// </summary>
internal sealed partial class ConfigurationEndpointSource(
    IConfiguration configuration, IOptions<ConfigurationEndpointOptions> options, ILogger<ConfigurationEndpointSource> logger) : IEndpointSource
{
    private readonly ILogger _logger = logger;

    public string Name => "configuration";

    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(ServiceQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var section = new ServicesSection(query, options.Value);
        var changed = new ChangeSignal();

        // Registered before the first reading: a change in between is then read twice instead of never.
        using var registration = ChangeToken.OnChange(configuration.GetReloadToken, changed.Set);
        EndpointUpdate? last = null;
        while (true)
        {
            var update = section.Read(configuration);
            if (update != last)
            {
                if (update.Problem is not null && update.Problem != last?.Problem)
                {
                    LogProblem(query.ServiceName, update.Problem);
                }

                last = update;
                yield return update;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
