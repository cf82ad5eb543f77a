using System.Runtime.CompilerServices;

namespace Mesh.Configuration.Sources;

/// <summary>Settings of a <see cref="FileConfigSource"/>.</summary>
public sealed record FileConfigSourceOptions
{
    /// <summary>Which source wins. Default: <see cref="ConfigPrecedence.Files"/>.</summary>
    public int Precedence { get; init; } = ConfigPrecedence.Files;

    /// <summary>Quiet time after a change before the files are read again. Default 100 ms.</summary>
    public TimeSpan Debounce { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often a folder or file that is not there is looked for. Default 1 s.</summary>
    public TimeSpan MissingPollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>False reads the files once. Default true.</summary>
    public bool Watch { get; init; } = true;

    /// <summary>Clock of the two times above. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

/// <summary>
/// The YAML and JSON files (<c>*.yaml</c>, <c>*.yml</c>, <c>*.json</c>) of a folder and the folders below it, or a single file; read again
/// when they change. Names that begin with a dot are skipped, so a mounted Kubernetes ConfigMap is read once and its swap is one change.
/// A file that is caught half written is tried again; a folder that is not there is a problem until it appears.
/// </summary>
public sealed class FileConfigSource : IMeshConfigSource
{
    private readonly FileConfigSourceOptions _options;

    /// <summary>Creates the source; nothing is read yet.</summary>
    /// <param name="path">A folder or a file; it need not exist.</param>
    /// <param name="options">Settings; null: the defaults.</param>
    public FileConfigSource(string path, FileConfigSourceOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Name = path;
        _options = options ?? new();
    }

    /// <summary>The path.</summary>
    public string Name { get; }

    /// <inheritdoc />
    public int Precedence => _options.Precedence;

    /// <inheritdoc />
    public async IAsyncEnumerable<ConfigBatch> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = new FolderScan(Name);
        if (!_options.Watch)
        {
            yield return files.Read().Batch;
            yield break;
        }

        // Watch before the first look, so that no change falls between the two.
        using var watch = new FolderWatch(Name, _options);
        var scan = files.Read();
        yield return scan.Batch;
        while (true)
        {
            watch.Arm(scan.Next);
            await watch.ChangedAsync(cancellationToken).ConfigureAwait(false);
            var previous = scan;
            scan = files.Read(watch.TakeChanged());
            if (!ReferenceEquals(scan.Batch, previous.Batch))
            {
                yield return scan.Batch;
            }
        }
    }
}
