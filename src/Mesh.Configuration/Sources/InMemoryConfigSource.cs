using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Mesh.Configuration.Sources;

/// <summary>Configuration that a program hands over and replaces as it likes. Safe to update from any thread.</summary>
public sealed class InMemoryConfigSource : IMeshConfigSource
{
    private readonly Lock _gate = new();
    private readonly List<Channel<ConfigBatch>> _watchers = [];
    private ConfigBatch _current;

    /// <summary>Creates the source.</summary>
    /// <param name="initial">Content until the first update; null: none.</param>
    /// <param name="name">Name for logs and problems.</param>
    /// <param name="precedence">Which source wins; see <see cref="ConfigPrecedence"/>.</param>
    public InMemoryConfigSource(ConfigBatch? initial = null, string name = "memory", int precedence = ConfigPrecedence.Code)
    {
        (_current, Name, Precedence) = (initial ?? ConfigBatch.Empty, name, precedence);
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public int Precedence { get; }

    /// <summary>Replaces the whole content.</summary>
    /// <param name="batch">The new content.</param>
    public void Update(ConfigBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        lock (_gate)
        {
            _current = batch;
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(batch);
            }
        }
    }

    /// <summary>Replaces the whole content by the documents of a YAML text.</summary>
    /// <param name="yaml">Any number of documents divided by <c>---</c>.</param>
    public void Update(string yaml) => Update(ConfigBatch.FromYaml(Name, yaml));

    /// <inheritdoc />
    public async IAsyncEnumerable<ConfigBatch> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Only the newest content matters to a reader that is late.
        var channel = Channel.CreateBounded<ConfigBatch>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            _watchers.Add(channel);
            channel.Writer.TryWrite(_current);
        }

        try
        {
            await foreach (var batch in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return batch;
            }
        }
        finally
        {
            lock (_gate)
            {
                _watchers.Remove(channel);
            }
        }
    }
}
