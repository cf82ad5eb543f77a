using Mesh.Client.Runtime;
using Microsoft.Extensions.Hosting;

namespace Mesh.Client.DependencyInjection;

/// <summary>Loads the configuration with the host's start, so that the first request finds it in force.</summary>
internal sealed class MeshHostedService(MeshRuntime runtime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => runtime.EnsureStartedAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
