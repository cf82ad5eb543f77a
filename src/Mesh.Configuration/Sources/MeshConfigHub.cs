using System.Threading.Channels;
using Mesh.Configuration.Reading;
using Mesh.Diagnostics;
using Mesh.Model;
using Microsoft.Extensions.Logging;

namespace Mesh.Configuration.Sources;

/// <summary>
/// Brings the configuration of all sources into force: merges by kind, namespace and name, keeps the last good version of every object,
/// lowers to one model and publishes it. One reader of one queue does all of this, in order; readers of <see cref="Current"/> never wait.
/// </summary>
public sealed partial class MeshConfigHub : IAsyncDisposable
{
    private readonly IMeshConfigSource[] _feeds;
    private readonly SourceState[] _sources;
    private readonly MeshConfigHubOptions _options;
    private readonly GuardedLowering _lowering;
    private readonly ILogger<MeshConfigHub> _logger;
    private readonly Channel<Update> _updates = Channel.CreateUnbounded<Update>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _tasks = [];
    private ConfigSnapshot _current;
    private int _started;
    private int _disposed;

    /// <summary>Creates the hub; nothing is read before <see cref="StartAsync"/>.</summary>
    /// <param name="sources">Where configuration comes from, in any order.</param>
    /// <param name="options">Settings.</param>
    /// <param name="logger">Takes changes and problems.</param>
    public MeshConfigHub(IEnumerable<IMeshConfigSource> sources, MeshConfigHubOptions options, ILogger<MeshConfigHub> logger)
        : this(sources, options, logger, FrontEnd.Kinds, FrontEnd.Lowering(options))
    {
    }

    internal MeshConfigHub(
        IEnumerable<IMeshConfigSource> sources,
        MeshConfigHubOptions options,
        ILogger<MeshConfigHub> logger,
        IReadOnlyList<KindReader> kinds,
        LowerDocuments lower)
    {
        (_options, _logger, _lowering) = (options, logger, new GuardedLowering(lower));
        var reader = new DocumentReader(kinds, options.Workload.Namespace);

        // A stable sort: of sources with the same precedence the one registered first wins.
        _feeds = [.. sources.OrderByDescending(static s => s.Precedence)];
        _sources = [.. _feeds.Select(s => new SourceState(s.Name, reader))];
        _current = new ConfigSnapshot
        {
            Model = new MeshModel { Workload = options.Workload, OutboundTrafficPolicy = options.OutboundTrafficPolicy },
            LoadedAt = options.TimeProvider.GetUtcNow(),
        };
    }

    /// <summary>The configuration in force. Never null; before the start it has no services and version 0.</summary>
    public ConfigSnapshot Current => Volatile.Read(ref _current);

    /// <summary>
    /// Raised after a changed model has come into force, one call at a time and in order of version. Not raised when only the problems
    /// have changed. An exception of a handler is logged.
    /// </summary>
    public event Action<ConfigSnapshot>? Changed;

    /// <summary>Raised when the list of problems has changed, after <see cref="Changed"/> where both have. An exception of a handler is logged.</summary>
    public event Action<ConfigSnapshot>? ProblemsChanged;

    /// <summary>
    /// Starts the sources. The task is complete on return when every source delivers at once (files, IConfiguration and memory do);
    /// otherwise it completes when they have delivered or after <see cref="MeshConfigHubOptions.InitialLoadTimeout"/>, with what is there.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting; the sources go on.</param>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        if (Interlocked.Exchange(ref _started, 1) == 0)
        {
            // The loops outlive the caller: they must not carry its activity or other ambient state with them.
            if (ExecutionContext.IsFlowSuppressed())
            {
                StartLoops();
            }
            else
            {
                using (ExecutionContext.SuppressFlow())
                {
                    StartLoops();
                }
            }
        }

        return _loaded.Task.IsCompleted ? Task.CompletedTask : WaitForSourcesAsync(cancellationToken);
    }

    /// <summary>Stops the sources; the last configuration stays readable.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _stop.CancelAsync().ConfigureAwait(false);
            _updates.Writer.TryComplete();
            await Task.WhenAll(_tasks).ConfigureAwait(false);
            _loaded.TrySetResult();
            _stop.Dispose();
        }
    }

    private void StartLoops()
    {
        // Each pump runs here up to its first wait, so the first batch of most sources is in the queue when it returns.
        for (var i = 0; i < _feeds.Length; i++)
        {
            _tasks.Add(PumpAsync(_feeds[i], _sources[i]));
        }

        TakeUpdates();
        if (_sources.All(static s => s.HasDelivered))
        {
            Rebuild();
            _loaded.TrySetResult();
        }

        _tasks.Add(ProcessAsync());
    }

    private async Task WaitForSourcesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _loaded.Task.WaitAsync(_options.InitialLoadTimeout, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            LogLate(string.Join(", ", _sources.Where(static s => !s.HasDelivered).Select(static s => s.Name)));
            _updates.Writer.TryWrite(new Update(null, null, null));
            await _loaded.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PumpAsync(IMeshConfigSource source, SourceState state)
    {
        var delay = _options.RestartDelay;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var batch in source.WatchAsync(_stop.Token).ConfigureAwait(false))
                {
                    delay = _options.RestartDelay;
                    _updates.Writer.TryWrite(new Update(state, batch, null));
                }

                _updates.Writer.TryWrite(new Update(state, null, null));
                return;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                _updates.Writer.TryWrite(new Update(state, null, error));
            }

            // Cancelled on dispose, which ends the loop.
            await Task.Delay(delay, _options.TimeProvider, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            delay = delay * 2 < _options.MaxRestartDelay ? delay * 2 : _options.MaxRestartDelay;
        }
    }

    private async Task ProcessAsync()
    {
        while (await _updates.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            var giveUpWaiting = TakeUpdates();
            if (_loaded.Task.IsCompleted || giveUpWaiting || _sources.All(static s => s.HasDelivered))
            {
                Rebuild();
                _loaded.TrySetResult();
            }
        }
    }

    // Takes everything that has queued up: a burst of changes is one rebuild. True when the wait for the first load is over.
    private bool TakeUpdates()
    {
        var timedOut = false;
        while (_updates.Reader.TryRead(out var update))
        {
            if (update.State is not { } state)
            {
                timedOut = true;
            }
            else
            {
                ApplyGuarded(state, update);
            }
        }

        return timedOut;
    }

    /// <summary>Whatever a text makes of a reader, this loop goes on: the source keeps its last content and the failure is its problem.</summary>
    private static void ApplyGuarded(SourceState state, Update update)
    {
        try
        {
            state.Apply(update.Batch, update.Error);
        }
        catch (Exception error)
        {
            state.Apply(null, error);
        }
    }

    private void Rebuild()
    {
        var problems = new List<ConfigProblem>();
        var documents = ConfigMerge.Merge(_sources, problems);
        var model = _lowering.Lower(documents, problems);
        Publish(model, problems.ToModelList());
    }

    private void Publish(MeshModel? model, ModelList<ConfigProblem> problems)
    {
        var previous = _current;
        LogNewProblems(problems, previous.Problems);
        var same = model is null ? previous.Model : model with { Version = previous.Model.Version };
        if (model is null || (previous.Version > 0 && previous.Model.Equals(same)))
        {
            // Equal models may differ in the lines on which their objects stand; who asks is shown the new ones.
            Volatile.Write(ref _current, previous with { Model = same, Problems = problems });
            RaiseProblems(previous.Problems);
            return;
        }

        var version = previous.Version + 1;
        var snapshot = new ConfigSnapshot
        {
            Model = model with { Version = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"v{version}") },
            Version = version,
            Problems = problems,
            LoadedAt = _options.TimeProvider.GetUtcNow(),
        };
        Volatile.Write(ref _current, snapshot);
        LogInForce(snapshot.Model.Version, model.Services.Count, model.Services.Sum(static s => s.Rules.Count), problems.Count);
        Raise(Changed, snapshot);
        RaiseProblems(previous.Problems);
    }

    private void RaiseProblems(ModelList<ConfigProblem> before)
    {
        if (!_current.Problems.Equals(before))
        {
            Raise(ProblemsChanged, _current);
        }
    }

    private void Raise(Action<ConfigSnapshot>? handlers, ConfigSnapshot snapshot)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(handlers))
        {
            try
            {
                handler(snapshot);
            }
            catch (Exception error)
            {
                LogHandlerFailed(error, snapshot.Model.Version);
            }
        }
    }

    // State null: the wait for the first load is over. Batch and Error null: the source has ended.
    private readonly record struct Update(SourceState? State, ConfigBatch? Batch, Exception? Error);
}
