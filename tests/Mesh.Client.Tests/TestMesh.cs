using System.Diagnostics;
using Mesh.Client.Balancing;
using Mesh.Client.Runtime;
using Mesh.Configuration.Sources;
using Mesh.Diagnostics;
using Mesh.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh.Client.Tests;

/// <summary>
/// A whole mesh over a scripted network, a manual clock and seeded randomness: everything of the request path is real but the sockets.
/// Endpoints are written as addresses in the YAML; the script of an address says how it answers.
/// </summary>
internal sealed class TestMesh : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly ServiceProvider _provider;
    private readonly List<MeshEvent> _events = [];

    private TestMesh(string yaml, Action<IServiceMeshBuilder>? configure, Action<MeshOptions>? options, ulong seed)
    {
        Config = new InMemoryConfigSource();
        Config.Update(yaml);
        Network = new ScriptedTransport(Time);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<RandomSource>(new SeededRandomSource(seed));
        var builder = services.AddServiceMesh().AddConfigSource(Config);
        if (options is not null)
        {
            builder.Configure(options);
        }

        configure?.Invoke(builder);
        _provider = services.BuildServiceProvider();
        Runtime = _provider.GetRequiredService<MeshRuntime>();
        Runtime.Transports.Override = endpoint => Network.For($"{endpoint.Address}:{endpoint.Port}");
        Runtime.EventOccurred += e =>
        {
            lock (_events)
            {
                _events.Add(e);
            }
        };
        Mesh = _provider.GetRequiredService<IServiceMesh>();
        Client = new HttpMessageInvoker(Mesh.CreateHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }));
    }

    public ManualTimeProvider Time { get; } = new();

    public ScriptedTransport Network { get; }

    public InMemoryConfigSource Config { get; }

    public MeshRuntime Runtime { get; }

    public IServiceMesh Mesh { get; }

    public HttpMessageInvoker Client { get; }

    public IServiceProvider Services => _provider;

    public IReadOnlyList<MeshEvent> Events
    {
        get
        {
            lock (_events)
            {
                return [.. _events];
            }
        }
    }

    public static async Task<TestMesh> StartAsync(string yaml, Action<IServiceMeshBuilder>? configure = null, Action<MeshOptions>? options = null, ulong seed = 1)
    {
        var mesh = new TestMesh(yaml, configure, options, seed);
        await mesh.Mesh.WaitUntilReadyAsync();
        Assert.That(mesh.Mesh.Problems.Where(static p => p.Severity == ConfigProblemSeverity.Error), Is.Empty);
        return mesh;
    }

    /// <summary>
    /// The longest time the clock moves on by itself. A call that merely changes threads looks like one that waits, so tests with timers
    /// of their own (ejections) keep this below them.
    /// </summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.MaxValue;

    /// <summary>Replaces the YAML and waits until it is in force.</summary>
    public async Task UpdateAsync(string yaml)
    {
        var before = Mesh.Model;
        Config.Update(yaml);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (ReferenceEquals(Mesh.Model, before))
        {
            await Task.Run(static () => { }, limit.Token);
        }

        Assert.That(Mesh.Problems.Where(static p => p.Severity == ConfigProblemSeverity.Error), Is.Empty);
    }

    /// <summary>Sends a request; the clock moves on by itself whenever the call waits for it. A call that waits for nothing the clock brings fails its test.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken = default)
    {
        var sending = Client.SendAsync(request, cancellationToken);
        var real = Stopwatch.StartNew();
        while (true)
        {
            await SettleAsync();
            if (sending.IsCompleted)
            {
                break;
            }

            Assert.That(real.Elapsed, Is.LessThan(s_patience), "the call has not ended, whatever the clock did");
            if (Time.UntilNextTimer is { } wait && wait != Timeout.InfiniteTimeSpan && wait <= LongestWait)
            {
                Time.AdvanceToNextTimer();
            }
        }

        return await sending;
    }

    /// <summary>Lets whatever can run without the clock run to its next wait: the clock must not move under a call that merely changes threads.</summary>
    public static async Task SettleAsync()
    {
        for (var i = 0; i < 20; i++)
        {
            await Task.Run(static () => { });
        }
    }

    public Task<HttpResponseMessage> GetAsync(string url, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return SendAsync(request);
    }

    /// <summary>The endpoint that got the last request.</summary>
    public string LastEndpoint => Network.Requests[^1].Endpoint;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _provider.DisposeAsync();
    }

    /// <summary>A ServiceEntry for <paramref name="host"/> on port 80 with the given endpoints, written as <c>address</c> or <c>address version=v1</c>.</summary>
    public static string Service(string host, params string[] endpoints) =>
        $"""
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: {"{"} name: {host} {"}"}
        spec:
          hosts: [{host}]
          location: MESH_INTERNAL
          resolution: STATIC
          ports: [{"{"} number: 80, name: http, protocol: HTTP {"}"}]
          endpoints:
        {string.Join('\n', endpoints.Select(static e => "  - " + Endpoint(e)))}
        ---

        """;

    /// <summary>A service on port 80 whose endpoints are what discovery says.</summary>
    public static string DiscoveredService(string name) =>
        $$"""
        apiVersion: v1
        kind: Service
        metadata: { name: {{name}} }
        spec: { ports: [{ name: http, port: 80 }], selector: { app: {{name}} } }
        ---

        """;

    private static string Endpoint(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var labels = string.Join(", ", parts.Skip(1).Select(static l => l.Replace("=", ": ", StringComparison.Ordinal)));
        return $"{{ address: {parts[0]}, labels: {{ {labels} }} }}";
    }
}
