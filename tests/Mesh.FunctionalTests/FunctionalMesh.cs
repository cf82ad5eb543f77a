using Mesh.Client;
using Mesh.Client.Runtime;
using Mesh.Configuration.Sources;
using Mesh.Diagnostics;
using Mesh.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh.FunctionalTests;

/// <summary>
/// An application on the mesh: its container, its clients, and YAML that the test replaces while it runs. Everything is real, sockets and clock included.
/// </summary>
internal sealed class FunctionalMesh : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    private FunctionalMesh(string yaml, Action<IServiceCollection, IServiceMeshBuilder>? configure, Dictionary<string, string?>? settings)
    {
        Settings = new ConfigurationBuilder().AddInMemoryCollection(settings ?? []).Build();
        Config.Update(yaml);
        var services = new ServiceCollection();
        var builder = services.AddServiceMesh(Settings).AddConfigSource(Config);
        configure?.Invoke(services, builder);
        _provider = services.BuildServiceProvider();
        Runtime = _provider.GetRequiredService<MeshRuntime>();
        Mesh = _provider.GetRequiredService<IServiceMesh>();
    }

    public IConfigurationRoot Settings { get; }

    public InMemoryConfigSource Config { get; } = new();

    public MeshRuntime Runtime { get; }

    public IServiceMesh Mesh { get; }

    public IServiceProvider Services => _provider;

    /// <summary>Starts the application; the YAML has no errors.</summary>
    public static async Task<FunctionalMesh> StartAsync(
        string yaml = "", Action<IServiceCollection, IServiceMeshBuilder>? configure = null, Dictionary<string, string?>? settings = null)
    {
        var mesh = new FunctionalMesh(yaml, configure, settings);
        await mesh.Mesh.WaitUntilReadyAsync();
        mesh.AssertNoErrors();
        return mesh;
    }

    public void AssertNoErrors() =>
        Assert.That(Mesh.Problems.Where(static p => p.Severity == ConfigProblemSeverity.Error).Select(static p => p.ToString()), Is.Empty);

    /// <summary>A client of the factory. It gives up before the test runner does, so that a request without an end fails its test and holds up no other.</summary>
    public HttpClient Client(string name = "test")
    {
        var client = _provider.GetRequiredService<IHttpClientFactory>().CreateClient(name);
        client.Timeout = TimeSpan.FromSeconds(30);
        return client;
    }

    /// <summary>The clients' raw view: no redirects, no buffering.</summary>
    public HttpMessageInvoker Invoker() => new(Mesh.CreateHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }));

    /// <summary>Requests in flight on all endpoints of a service.</summary>
    public int ActiveRequests(string service) =>
        Mesh.GetServices().Where(s => s.Hosts.Contains(service)).Sum(static s => s.Endpoints.Sum(static e => e.ActiveRequests));

    public EndpointStatus Endpoint(LoopbackServer server) =>
        Mesh.GetServices().SelectMany(static s => s.Endpoints).First(e => e.Address == server.Endpoint);

    /// <summary>Replaces the YAML and waits until it is in force.</summary>
    public async Task UpdateAsync(string yaml)
    {
        var version = Mesh.ConfigVersion;
        Config.Update(yaml);
        await Eventually.BecomesTrueAsync(() => Mesh.ConfigVersion > version, "the new configuration is in force");
        AssertNoErrors();
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();
}
