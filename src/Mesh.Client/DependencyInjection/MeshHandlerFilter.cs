using Mesh.Client.Http;
using Mesh.Client.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Mesh.Client.DependencyInjection;

/// <summary>
/// Puts the mesh into every client of the factory, innermost: after all handlers the application added, whether by defaults, by name or by other filters.
/// The runtime is asked for late, because the mesh's own parts may themselves need a client.
/// </summary>
internal sealed partial class MeshHandlerFilter(IServiceProvider provider, IOptionsMonitor<MeshClientOptions> clients, ILogger<MeshHandlerFilter> logger) : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        var name = builder.Name ?? "";
        if (!clients.Get(name).IsMeshed || builder.PrimaryHandler is MeshPrimaryHandler)
        {
            return;
        }

        foreach (var handler in builder.AdditionalHandlers)
        {
            // By name: the mesh does not depend on the package the handler comes from.
            if (handler.GetType().Name == "ResilienceHandler")
            {
                RetriesMultiply(name);
            }
        }

        builder.PrimaryHandler = new MeshPrimaryHandler(provider.GetRequiredService<MeshRuntime>(), builder.PrimaryHandler);
    };

    [LoggerMessage(20, LogLevel.Warning, "HttpClient '{Name}' has a resilience handler above the mesh: its retries and the mesh's multiply. Remove one, for example with RemoveAllResilienceHandlers().")]
    private partial void RetriesMultiply(string name);
}

/// <summary>What the mesh does with one client, by its name.</summary>
internal sealed class MeshClientOptions
{
    public bool IsMeshed { get; set; } = true;
}
