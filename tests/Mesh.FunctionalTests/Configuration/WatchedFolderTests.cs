using System.Collections.Concurrent;
using Mesh.Client;
using Mesh.Diagnostics;
using Mesh.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mesh.FunctionalTests.Configuration;

/// <summary>A folder of YAML is edited while the application runs.</summary>
public sealed class WatchedFolderTests
{
    private string _folder = "";
    private LoopbackServer _v1 = null!;
    private LoopbackServer _v2 = null!;
    private ServiceProvider _provider = null!;
    private LogLines _log = null!;
    private HttpClient _client = null!;
    private IServiceMesh _mesh = null!;

    [SetUp]
    public async Task Start()
    {
        _folder = Directory.CreateTempSubdirectory("mesh-config-").FullName;
        _v1 = await LoopbackServer.StartAsync(new LoopbackServerOptions { Name = "v1" });
        _v2 = await LoopbackServer.StartAsync(new LoopbackServerOptions { Name = "v2" });
        await WriteAsync("catalog.yaml", Yaml.Service("catalog", "HTTP", (_v1.Port, "version: v1"), (_v2.Port, "version: v2")) + Yaml.Policy("catalog", "", "v1", "v2"));
        await WriteAsync("routes.yaml", To("v1"));
        _log = new LogLines();
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(_log));
        services.AddServiceMesh(mesh => mesh.AddFile(_folder));
        _provider = services.BuildServiceProvider();
        _mesh = _provider.GetRequiredService<IServiceMesh>();
        await _mesh.WaitUntilReadyAsync();
        _client = _provider.GetRequiredService<IHttpClientFactory>().CreateClient();
    }

    [TearDown]
    public async Task Stop()
    {
        _client.Dispose();
        await _provider.DisposeAsync();
        _log.Dispose();
        await _v1.DisposeAsync();
        await _v2.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Editing_a_file_shifts_traffic()
    {
        Assert.That(await GetAsync(), Is.EqualTo("v1"));

        await WriteAsync("routes.yaml", To("v2"));

        await Eventually.BecomesTrueAsync(() => GetAsync().GetAwaiter().GetResult() == "v2", "traffic has shifted");
    }

    [Test]
    public async Task A_broken_file_keeps_the_last_good_rules_and_says_where_it_is_wrong()
    {
        Assert.That(await GetAsync(), Is.EqualTo("v1"));

        await WriteAsync("routes.yaml", To("v2").Replace("weight", "wieght", StringComparison.Ordinal));
        await Eventually.BecomesTrueAsync(() => _mesh.Problems.Any(static p => p.Severity == ConfigProblemSeverity.Error), "the problem is known");

        Assert.That(await GetAsync(), Is.EqualTo("v1"));
        var problem = _mesh.Problems.First(static p => p.Severity == ConfigProblemSeverity.Error);
        Assert.That(problem.Source, Does.EndWith("routes.yaml"));
        Assert.That(problem.Line, Is.EqualTo(9));
        Assert.That((problem.Kind, problem.Name), Is.EqualTo(("VirtualService", "catalog")));
        Assert.That(problem.Message, Does.Contain("weight"), "did you mean");
        Assert.That(_log.Lines, Has.Some.Contains("routes.yaml:9"));

        await WriteAsync("routes.yaml", To("v2"));
        await Eventually.BecomesTrueAsync(() => GetAsync().GetAwaiter().GetResult() == "v2", "the mended file is in force");
        Assert.That(_mesh.Problems.Where(static p => p.Severity == ConfigProblemSeverity.Error), Is.Empty);
    }

    [Test]
    public async Task A_file_that_is_no_YAML_at_all_keeps_what_it_said_before()
    {
        await WriteAsync("catalog.yaml", "kind: [unclosed");
        await Eventually.BecomesTrueAsync(() => _mesh.Problems.Any(static p => p.Severity == ConfigProblemSeverity.Error), "the problem is known");

        Assert.That(await GetAsync(), Is.EqualTo("v1"));
    }

    private Task<string> GetAsync() => _client.GetStringAsync(new Uri("http://catalog/"));

    private static string To(string subset) => Yaml.Routes("catalog", $$"""
          - route:
            - destination: { host: catalog, subset: {{subset}} }
              weight: 100
        """);

    /// <summary>As editors save: a new file takes the name.</summary>
    private async Task WriteAsync(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path + ".tmp~", text);
        File.Move(path + ".tmp~", path, overwrite: true);
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
            // Nothing is held but lines.
        }
    }
}
