using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Mesh.Client.Balancing;
using Mesh.Client.Compile;
using Mesh.Client.Telemetry;
using Mesh.Client.Transport;
using Mesh.Configuration.Sources;
using Mesh.Diagnostics;
using Mesh.Filters;
using Mesh.Model;

namespace Mesh.Client.Runtime;

/// <summary>
/// The mesh of a process: takes configurations over one after the other, holds what survives them, and publishes the compiled snapshot with one
/// reference write. Requests only ever read <see cref="Current"/>.
/// </summary>
internal sealed class MeshRuntime : IClusterBinder, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ServiceState> _services = new(StringComparer.Ordinal);
    private readonly MeshConfigHub _hub;
    private readonly Func<ServiceModel, IEndpointFeed> _openFeed;
    private readonly Func<ServiceModel, ForwardAction, object?> _createPipeline;
    private readonly Lock _applying = new();
    private CompiledMesh? _current;
    private ConfigSnapshot? _applied;
    private ModelList<ConfigProblem> _reported = [];

    public MeshRuntime(MeshRuntimeParts parts)
    {
        _hub = parts.Hub;
        _openFeed = parts.OpenFeed;
        Options = parts.Options;
        Workload = parts.Options.ToWorkload();
        Time = parts.Time;
        Random = parts.Random;
        LoadBalancers = parts.LoadBalancers;
        Filters = [.. parts.Filters];
        Transports = new TransportFactory(parts.MeterFactory, MeshTelemetry.ActivitySourceName);
        Log = new MeshLog(parts.Logger);
        Meter = new MeshMeter(parts.MeterFactory, DescribeActive, () => ConfigVersion, () => ConfigErrors);
        _createPipeline = parts.CreatePipeline;
        _hub.Changed += Apply;
        _hub.ProblemsChanged += Report;
    }

    /// <summary>The snapshot in force; null until the first configuration is there.</summary>
    public CompiledMesh? Current => Volatile.Read(ref _current);

    /// <summary>The model in force, with the lines on which its objects stand now: what has only moved in its file is not brought into force anew.</summary>
    public MeshModel Model => Volatile.Read(ref _applied) is not { } applied ? MeshModel.Empty : _hub.Current is { } latest && latest.Version == applied.Version ? latest.Model : applied.Model;

    public MeshOptions Options { get; }

    /// <summary>The workload this process is; localities are reckoned from its place.</summary>
    public Workload Workload { get; }

    public TimeProvider Time { get; }

    public RandomSource Random { get; }

    public LoadBalancers LoadBalancers { get; }

    public IMeshRequestFilter[] Filters { get; }

    public TransportFactory Transports { get; }

    public MeshMeter Meter { get; }

    public MeshLog Log { get; }

    public ICollection<ServiceState> Services => _services.Values;

    public long ConfigVersion => Volatile.Read(ref _applied)?.Version ?? 0;

    public IReadOnlyList<ConfigProblem> Problems => _hub.Current.Problems;

    public int ConfigErrors => _hub.Current.Problems.Count(static p => p.Severity == ConfigProblemSeverity.Error);

    public event Action<MeshEvent>? EventOccurred;

    /// <summary>Starts the configuration sources, if nobody has. Complete on return when all of them are local.</summary>
    public Task EnsureStartedAsync(CancellationToken cancellationToken)
    {
        var started = _hub.StartAsync(cancellationToken);
        if (!started.IsCompletedSuccessfully)
        {
            return FinishStartAsync(started);
        }

        ApplyWhatIsThere();
        return Task.CompletedTask;
    }

    /// <summary>
    /// Brings a configuration into force. States take the new model over before the snapshot is published, so the first request of the new snapshot finds
    /// them ready; requests of the old one go on with what they hold.
    /// </summary>
    public void Apply(ConfigSnapshot snapshot)
    {
        lock (_applying)
        {
            var compiled = MeshCompiler.Compile(snapshot.Model, _current, this);
            var byName = compiled.Services.ToDictionary(static s => s.Model.Name, static s => s.Model, StringComparer.Ordinal);
            foreach (var (name, state) in _services)
            {
                if (byName.TryGetValue(name, out var model))
                {
                    if (!ReferenceEquals(state.Model, model) && !state.Model.Equals(model))
                    {
                        state.Apply(model);
                    }
                }
                else if (!NamedEndpoints.IsDerivedFromAny(state.Model, byName) && _services.TryRemove(name, out _))
                {
                    state.Retire();
                }
            }

            ReportUnknownAlgorithms(snapshot.Model);

            // In this order: who sees the new version or model may rely on its being in force.
            Volatile.Write(ref _current, compiled);
            Volatile.Write(ref _applied, snapshot);
        }

        Publish(MeshEventKind.ConfigurationApplied, "", "", $"configuration {snapshot.Model.Version} is in force: {snapshot.Model.Services.Count} services, {snapshot.Problems.Count} problems");
    }

    public CompiledCluster Bind(ServiceModel service, ClusterModel model, ServicePort? port, SchemeChoice scheme) =>
        _services.GetOrAdd(service.Name, static (_, state) => new ServiceState(state.Runtime, state.Service), (Runtime: this, Service: service)).Bind(service, model, port, scheme);

    public object? CreatePipeline(ServiceModel service, ForwardAction action) => _createPipeline(service, action);

    public IEndpointFeed OpenFeed(ServiceModel service) => _openFeed(service);

    /// <summary>A client is gone: when it was the last with its profile, the connections made for it are closed.</summary>
    public void Release(TransportProfile profile)
    {
        if (Transports.Release(profile))
        {
            foreach (var state in _services.Values)
            {
                state.ReleaseProfile(profile);
            }
        }
    }

    /// <summary>Stops a feed nobody needs any more, without waiting for it.</summary>
    public void Abandon(IEndpointFeed feed) => _ = AbandonAsync(feed);

    public void OnEjected(EndpointState endpoint) => Meter.RecordEjection(endpoint.Owner.Name, endpoint.Name);

    /// <summary>Tells whoever watches. Called under gates, so handlers run elsewhere.</summary>
    public void Publish(MeshEventKind kind, string service, string endpoint, string message)
    {
        Log.Event(kind, service, endpoint, message);
        if (EventOccurred is { } handlers)
        {
            var occurred = new MeshEvent(Time.GetUtcNow(), kind, service, endpoint, message);
            ThreadPool.UnsafeQueueUserWorkItem(static work => work.Self.Raise(work.Handlers, work.Event), (Self: this, Handlers: handlers, Event: occurred), preferLocal: false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _hub.Changed -= Apply;
        _hub.ProblemsChanged -= Report;
        await _hub.DisposeAsync().ConfigureAwait(false);
        foreach (var state in _services.Values)
        {
            state.Retire();
        }
    }

    /// <summary>Only the runtime knows which algorithms are registered, so a name nobody registered is found here and not by validation.</summary>
    private void ReportUnknownAlgorithms(MeshModel model)
    {
        foreach (var service in model.Services)
        {
            foreach (var cluster in service.Clusters)
            {
                var name = cluster.Policy.LoadBalancing.Algorithm;
                if (!LoadBalancers.Knows(name))
                {
                    Log.UnknownAlgorithm(cluster.Key.ToString(), name);
                }
            }
        }
    }

    /// <summary>Each refused object is an event once; the hub itself has logged it.</summary>
    private void Report(ConfigSnapshot snapshot)
    {
        var before = Interlocked.Exchange(ref _reported, snapshot.Problems);
        foreach (var problem in snapshot.Problems)
        {
            if (problem.Severity == ConfigProblemSeverity.Error && !before.Contains(problem))
            {
                Publish(MeshEventKind.ConfigurationProblem, "", "", problem.ToString());
            }
        }
    }

    private async Task FinishStartAsync(Task started)
    {
        await started.ConfigureAwait(false);
        ApplyWhatIsThere();
    }

    /// <summary>A first configuration so wrong that nothing could be made of it still starts the mesh: without services, with its problems on show.</summary>
    private void ApplyWhatIsThere()
    {
        if (Current is null)
        {
            Apply(_hub.Current);
        }
    }

    private void Raise(Action<MeshEvent> handlers, MeshEvent occurred)
    {
        try
        {
            handlers(occurred);
        }
        catch (Exception exception)
        {
            Log.HandlerFailed(exception);
        }
    }

    private async Task AbandonAsync(IEndpointFeed feed)
    {
        try
        {
            await feed.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.HandlerFailed(exception);
        }
    }

    private IEnumerable<Measurement<int>> DescribeActive()
    {
        foreach (var service in _services.Values)
        {
            foreach (var endpoint in service.Describe())
            {
                yield return MeshMeter.Active(service.Name, endpoint.Address, endpoint.ActiveRequests);
            }
        }
    }
}
