using System.Threading.Channels;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Mesh.Configuration.Sources;

/// <summary>Turns the reload tokens of an IConfiguration into something to wait for; reloads in quick succession are one.</summary>
internal sealed class ReloadSignal : IDisposable
{
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly IDisposable _registration;

    public ReloadSignal(IConfiguration configuration) =>
        _registration = ChangeToken.OnChange(configuration.GetReloadToken, () => _signal.Writer.TryWrite(true));

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _signal.Reader.ReadAsync(cancellationToken);

    public void Dispose() => _registration.Dispose();
}
