using System.Threading.Channels;

namespace Mesh.Configuration.Sources;

/// <summary>
/// Tells when a folder or file may have changed. Two watchers: one inside the folder, and one on its parent, which sees the folder itself
/// being replaced (a renamed folder, a link that is pointed elsewhere). For a single file the parent's is the only one and takes every
/// event, because a file of a ConfigMap changes when the link <c>..data</c> beside it does.
/// Changes are reported after a quiet time, and at the latest after ten of them while they go on.
/// </summary>
internal sealed class FolderWatch : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _root;
    private readonly FileConfigSourceOptions _options;
    private readonly ITimer _timer;
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private HashSet<string> _changed = new(StringComparer.Ordinal);
    private FileSystemWatcher? _inside;
    private FileSystemWatcher? _parent;
    private long _firstEvent;
    private bool _pending;
    private bool _stale = true;
    private bool _disposed;

    public FolderWatch(string root, FileConfigSourceOptions options)
    {
        (_root, _options) = (root, options);
        _timer = options.TimeProvider.CreateTimer(static state => ((FolderWatch)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Renew();
    }

    /// <summary>Waits for the next report.</summary>
    public async ValueTask ChangedAsync(CancellationToken cancellationToken)
    {
        await _signal.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        Renew();
    }

    /// <summary>The paths named by events since the last call.</summary>
    public IReadOnlySet<string> TakeChanged()
    {
        lock (_gate)
        {
            var changed = _changed;
            _changed = new(StringComparer.Ordinal);
            return changed;
        }
    }

    /// <summary>Asks for a report without an event, if the last look at the files needs another.</summary>
    public void Arm(NextScan next)
    {
        if (next == NextScan.OnChange)
        {
            return;
        }

        lock (_gate)
        {
            _stale |= next == NextScan.WhenItAppears;
            if (!_pending && !_disposed)
            {
                _timer.Change(next == NextScan.Soon ? _options.Debounce : _options.MissingPollInterval, Timeout.InfiniteTimeSpan);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer.Dispose();
            _inside?.Dispose();
            _parent?.Dispose();
        }
    }

    private void Renew()
    {
        lock (_gate)
        {
            if (!_stale || _disposed)
            {
                return;
            }

            _inside?.Dispose();
            _parent?.Dispose();
            var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(_root));
            var isFile = FolderScan.IsFile(full);
            _parent = Path.GetDirectoryName(full) is { } parent ? Start(parent, recursive: false, isFile ? OnEvent : OnParentEvent) : null;
            _inside = isFile ? null : Start(full, recursive: true, OnEvent);
            _stale = false;
        }
    }

    private FileSystemWatcher? Start(string folder, bool recursive, FileSystemEventHandler handler)
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        try
        {
            // No filter: the swap of a ConfigMap only touches "..data".
            var watcher = new FileSystemWatcher(folder)
            {
                IncludeSubdirectories = recursive,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.CreationTime,
            };
            watcher.Changed += handler;
            watcher.Created += handler;
            watcher.Deleted += handler;
            watcher.Renamed += (sender, e) => handler(sender, e);
            watcher.Error += (_, _) => OnLost();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception error) when (error is IOException or ArgumentException or UnauthorizedAccessException)
        {
            // Gone in between, or the system has no watches left: look again as for a missing folder.
            _timer.Change(_options.MissingPollInterval, Timeout.InfiniteTimeSpan);
            return null;
        }
    }

    private void OnEvent(object sender, FileSystemEventArgs e) => Report(e.FullPath, renew: false);

    private void OnParentEvent(object sender, FileSystemEventArgs e)
    {
        var leaf = Path.GetFileName(Path.TrimEndingDirectorySeparator(_root));
        if (e.Name == leaf || (e is RenamedEventArgs renamed && renamed.OldName == leaf))
        {
            // A change of the folder's own time stamps comes with every file in it; only its replacement needs new watchers.
            Report(null, renew: e.ChangeType != WatcherChangeTypes.Changed);
        }
    }

    // The buffer of events overflowed or the folder went away: which files changed is not known, so every file may have.
    private void OnLost() => Report(null, renew: true);

    private void Report(string? path, bool renew)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _stale |= renew;
            if (path is not null)
            {
                // Names in the scan begin with the root as it was given.
                var below = Path.GetRelativePath(Path.GetFullPath(_root), path);
                _changed.Add(below == "." ? _root : Path.Combine(_root, below));
            }

            var now = _options.TimeProvider.GetTimestamp();
            if (!_pending)
            {
                (_pending, _firstEvent) = (true, now);
            }

            var left = (_options.Debounce * 10) - _options.TimeProvider.GetElapsedTime(_firstEvent, now);
            var wait = left < _options.Debounce ? left : _options.Debounce;
            _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            _pending = false;
        }

        _signal.Writer.TryWrite(true);
    }
}
