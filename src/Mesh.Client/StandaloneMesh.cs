using Mesh.Diagnostics;
using Mesh.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh.Client;

/// <summary>
/// A mesh for programs without dependency injection: scripts, tools, tests, libraries.
/// <code>
/// await using var mesh = StandaloneMesh.Create(m => m.AddFile("mesh"));
/// using var http = new HttpClient(mesh.CreateHandler());
/// var text = await http.GetStringAsync("http://catalog/items");
/// </code>
/// </summary>
public sealed class StandaloneMesh : IServiceMesh, IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly IServiceMesh _mesh;

    private StandaloneMesh(ServiceProvider provider)
    {
        _provider = provider;
        _mesh = provider.GetRequiredService<IServiceMesh>();
    }

    /// <inheritdoc />
    public event Action<MeshEvent>? EventOccurred
    {
        add => _mesh.EventOccurred += value;
        remove => _mesh.EventOccurred -= value;
    }

    /// <inheritdoc />
    public MeshModel Model => _mesh.Model;

    /// <inheritdoc />
    public long ConfigVersion => _mesh.ConfigVersion;

    /// <inheritdoc />
    public IReadOnlyList<ConfigProblem> Problems => _mesh.Problems;

    /// <summary>Makes a mesh. Its configuration is loaded when it is first used, or by <see cref="WaitUntilReadyAsync"/>.</summary>
    /// <param name="configure">Adds files, sources, rules; the same extensions as after <c>AddServiceMesh()</c>, logging included (<c>m.Services.AddLogging(…)</c>).</param>
    public static StandaloneMesh Create(Action<IServiceMeshBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var services = new ServiceCollection();
        services.AddServiceMesh(configure);
        return new StandaloneMesh(services.BuildServiceProvider());
    }

    /// <inheritdoc />
    public IReadOnlyList<ServiceStatus> GetServices() => _mesh.GetServices();

    /// <inheritdoc />
    public HttpMessageHandler CreateHandler(HttpMessageHandler? primary = null) => _mesh.CreateHandler(primary);

    /// <inheritdoc />
    public Task WaitUntilReadyAsync(CancellationToken cancellationToken = default) => _mesh.WaitUntilReadyAsync(cancellationToken);

    /// <summary>Stops watching and discovery, and lets running requests finish.</summary>
    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
