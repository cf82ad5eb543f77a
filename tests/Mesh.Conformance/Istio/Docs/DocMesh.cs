using Mesh.Client;
using Mesh.Client.Discovery;
using Mesh.Client.Runtime;
using Mesh.Configuration.Sources;
using Mesh.Diagnostics;
using Mesh.Discovery;
using Mesh.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh.Conformance.Istio.Docs;

/// <summary>A workload with the YAML of a row in force, its clock and sockets real. Where the row is about hosts of the internet, the network is a script.</summary>
internal sealed class DocMesh : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    private DocMesh(DocRow row, string registry, Action<MeshOptions>? options, Func<MeshEndpoint, HttpMessageHandler>? network)
    {
        var services = new ServiceCollection();
        if (network is not null)
        {
            services.AddSingleton<IDnsResolver>(new EveryNameResolver());
        }

        var builder = services.AddServiceMesh().AddConfigSource(new InMemoryConfigSource(ConfigBatch.FromYaml("registry", registry), "registry"));
        for (var i = 0; i < row.Yaml.Count; i++)
        {
            // As kubectl apply does: of two files with the same object the later one counts.
            var text = File.ReadAllText(Corpora.Require(["istio", .. row.Yaml[i].Split('/')]));
            builder.AddConfigSource(new InMemoryConfigSource(ConfigBatch.FromYaml(row.Yaml[i], text), row.Yaml[i], ConfigPrecedence.Files + i));
        }

        if (options is not null)
        {
            builder.Configure(options);
        }

        _provider = services.BuildServiceProvider();
        _provider.GetRequiredService<MeshRuntime>().Transports.Override = network;
        Mesh = _provider.GetRequiredService<IServiceMesh>();
    }

    public IServiceMesh Mesh { get; }

    /// <summary>Starts it.</summary>
    /// <param name="row">Whose YAML is in force.</param>
    /// <param name="registry">YAML of the services that the page presumes.</param>
    /// <param name="options">What the page says of the caller or of the mesh.</param>
    /// <param name="network">Answers in place of the internet, for each endpoint; null: real sockets.</param>
    public static async Task<DocMesh> StartAsync(DocRow row, string registry = "", Action<MeshOptions>? options = null, Func<MeshEndpoint, HttpMessageHandler>? network = null)
    {
        var mesh = new DocMesh(row, registry, options, network);
        await mesh.Mesh.WaitUntilReadyAsync();
        Assert.That(mesh.Mesh.Problems.Where(static p => p.Severity == ConfigProblemSeverity.Error).Select(static p => p.ToString()), Is.Empty);
        return mesh;
    }

    /// <summary>A client that reports redirects instead of following them, as curl does.</summary>
    public HttpClient Client() => new(Mesh.CreateHandler(new SocketsHttpHandler { AllowAutoRedirect = false }));

    /// <summary>The policy towards a service port, whatever the subset.</summary>
    public ClusterPolicy Policy(string cluster) =>
        Mesh.Model.Services.SelectMany(static s => s.Clusters).First(c => c.Key.ToString() == cluster).Policy;

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    // Every name of the internet has the same address; the script tells endpoints apart by port.
    private sealed class EveryNameResolver : IDnsResolver
    {
        public ValueTask<IReadOnlyList<System.Net.IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IReadOnlyList<System.Net.IPAddress>>([System.Net.IPAddress.Parse("192.0.2.1")]);
    }
}
