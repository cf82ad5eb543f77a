using System.Threading.Channels;

namespace Mesh.Client.Discovery;

/// <summary>
/// Wakes one waiting loop. Any number of signals between two waits count as one, none is lost, and the loop goes on on the thread pool,
/// so whoever signals (a configuration reload, a timer) never runs foreign code.
/// </summary>
internal sealed class ChangeSignal
{
    private readonly Channel<bool> _signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Set() => _signals.Writer.TryWrite(true);

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _signals.Reader.ReadAsync(cancellationToken);
}
