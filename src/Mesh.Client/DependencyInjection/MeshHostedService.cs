using Mesh.Client.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mesh.Client.DependencyInjection;

/// <summary>
/// Begins to load the configuration with the host's start, beside it and not in front of it: reading and compiling costs the start of the application
/// nothing where there is a second core. A request that comes earlier waits until the configuration is in force; none is sent without it.
/// </summary>
internal sealed partial class MeshHostedService(IServiceProvider provider, ILogger<MeshHostedService> logger) : IHostedService
{
    private Task _loading = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        using (ExecutionContext.SuppressFlow())
        {
            _loading = Task.Run(LoadAsync, CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _loading.WaitAsync(cancellationToken);

    private async Task LoadAsync()
    {
        try
        {
            await provider.GetRequiredService<MeshRuntime>().EnsureStartedAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The first request through the mesh meets the same exception and hands it to its caller.
            LoadingFailed(exception);
        }
    }

    [LoggerMessage(21, LogLevel.Error, "The mesh could not be started")]
    private partial void LoadingFailed(Exception exception);
}
