using Mesh.Client.Http;
using Mesh.Client.Runtime;
using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Client.DependencyInjection;

internal sealed class ServiceMesh(MeshRuntime runtime) : IServiceMesh
{
    public MeshModel Model => runtime.Model;

    public long ConfigVersion => runtime.ConfigVersion;

    public IReadOnlyList<ConfigProblem> Problems => runtime.Problems;

    public event Action<MeshEvent>? EventOccurred
    {
        add => runtime.EventOccurred += value;
        remove => runtime.EventOccurred -= value;
    }

    public IReadOnlyList<ServiceStatus> GetServices() =>
        [.. runtime.Services.Select(static s => new ServiceStatus { Name = s.Name, Hosts = s.Model.Hosts, Endpoints = s.Describe() }).OrderBy(static s => s.Name, StringComparer.Ordinal)];

    public HttpMessageHandler CreateHandler(HttpMessageHandler? primary = null) => new MeshPrimaryHandler(runtime, primary);

    public Task WaitUntilReadyAsync(CancellationToken cancellationToken = default) => runtime.EnsureStartedAsync(cancellationToken);
}
