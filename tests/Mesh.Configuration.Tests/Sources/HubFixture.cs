using System.Collections.Concurrent;
using System.Threading.Channels;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Sources;
using Mesh.Configuration.Tests.Reading;
using Mesh.Diagnostics;
using Mesh.Model;
using Microsoft.Extensions.Logging;

namespace Mesh.Configuration.Tests.Sources;

/// <summary>
/// A hub over documents of the kind Fruit, each of which becomes a service: its name is the fruit's, its endpoints are not used,
/// its discovery name is the colour. A fruit of colour "clashing" does not fit with the others, and "exploding" makes lowering throw.
/// </summary>
internal sealed class HubFixture : IAsyncDisposable
{
    private readonly Channel<ConfigSnapshot> _changes = Channel.CreateUnbounded<ConfigSnapshot>();

    public HubFixture(MeshConfigHubOptions options, params IMeshConfigSource[] sources)
    {
        Hub = new MeshConfigHub(sources, options, Log, [FruitKind.Reader], Lower);
        Hub.Changed += snapshot => _changes.Writer.TryWrite(snapshot);
    }

    public HubFixture(params IMeshConfigSource[] sources)
        : this(new MeshConfigHubOptions(), sources)
    {
    }

    public MeshConfigHub Hub { get; }

    public ListLogger Log { get; } = new();

    /// <summary>The documents of the last lowering.</summary>
    public IReadOnlyList<ConfigDocument> Lowered { get; private set; } = [];

    /// <summary>"name=colour" of every service in force.</summary>
    public string[] InForce => Describe(Hub.Current);

    public static string[] Describe(ConfigSnapshot snapshot) => [.. snapshot.Model.Services.Select(s => $"{s.Name}={s.DiscoveryName}")];

    public string[] Messages(ConfigProblemSeverity severity = ConfigProblemSeverity.Error) =>
        [.. Hub.Current.Problems.Where(p => p.Severity == severity).Select(p => p.Message)];

    /// <summary>Waits for the next change of the model.</summary>
    public async Task<string[]> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return Describe(await _changes.Reader.ReadAsync(limit.Token));
    }

    /// <summary>True when a change is waiting that <see cref="NextAsync"/> has not returned.</summary>
    public bool HasMore => _changes.Reader.TryPeek(out _);

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    private MeshModel Lower(IReadOnlyList<ConfigDocument> documents, ProblemSink problems)
    {
        Lowered = documents;
        var services = new List<ServiceModel>();
        foreach (var document in documents)
        {
            var colour = document.Spec is FruitSpec fruit ? fruit.Colour : document.Kind;
            problems.Begin(document);
            if (colour == "clashing")
            {
                problems.Error("spec.colour", document.PositionOf("spec.colour"), "does not go with the others");
                continue;
            }

            services.Add(colour == "exploding"
                ? throw new InvalidOperationException("boom")
                : new ServiceModel { Name = document.Metadata.Name, DiscoveryName = colour });
        }

        return new MeshModel { Services = services.OrderBy(s => s.Name, StringComparer.Ordinal).ToModelList() };
    }
}

internal sealed class ListLogger : ILogger<MeshConfigHub>
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel}: {formatter(state, exception)}");
}
