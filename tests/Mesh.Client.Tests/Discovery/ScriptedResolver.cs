using System.Net;
using Mesh.Client.Discovery;

namespace Mesh.Client.Tests.Discovery;

/// <summary>Answers as a test has written; what it wrote last stands until it writes something else.</summary>
internal sealed class ScriptedResolver : IDnsResolver
{
    private readonly Dictionary<string, Func<CancellationToken, ValueTask<IReadOnlyList<IPAddress>>>> _answers = [];

    /// <summary>Every host that was looked up, in order.</summary>
    public List<string> Lookups { get; } = [];

    public void Answers(string host, params string[] addresses)
    {
        IReadOnlyList<IPAddress> list = [.. addresses.Select(IPAddress.Parse)];
        _answers[host] = _ => ValueTask.FromResult(list);
    }

    public void Fails(string host, string message) => _answers[host] = _ => throw new IOException(message);

    public void Hangs(string host) => _answers[host] = async cancellation =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        return [];
    };

    public ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Lookups.Add(host);
        return _answers[host](cancellationToken);
    }
}
