using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Mesh.Discovery;

namespace Mesh.Client.Tests.Discovery;

/// <summary>A source that says what a test tells it to, and counts its watches.</summary>
internal sealed class ScriptedSource(string name = "scripted") : IEndpointSource
{
    private readonly Channel<object> _script = Channel.CreateUnbounded<object>();
    private readonly SemaphoreSlim _started = new(0);
    private readonly SemaphoreSlim _ended = new(0);

    public int Running;

    public string Name => name;

    /// <summary>Runs inside each watch when it starts.</summary>
    public Action? OnStart { get; init; }

    public ScriptedSource Says(params string[] endpoints) => Push(Endpoints.Update(endpoints));

    public ScriptedSource Says(EndpointUpdate update) => Push(update);

    public ScriptedSource Fails(string message) => Push(new IOException(message));

    public ScriptedSource Ends() => Push(this);

    public async Task StartedAsync() => Assert.That(await _started.WaitAsync(Wait.Limit), Is.True, $"{name} was not started");

    public async Task EndedAsync() => Assert.That(await _ended.WaitAsync(Wait.Limit), Is.True, $"{name} did not end");

    public async IAsyncEnumerable<EndpointUpdate> WatchAsync(ServiceQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref Running);
        _started.Release();
        OnStart?.Invoke();
        try
        {
            while (true)
            {
                switch (await _script.Reader.ReadAsync(cancellationToken))
                {
                    case EndpointUpdate update:
                        yield return update;
                        break;
                    case Exception failure:
                        throw failure;
                    default:
                        yield break;
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref Running);
            _ended.Release();
        }
    }

    private ScriptedSource Push(object step)
    {
        _script.Writer.TryWrite(step);
        return this;
    }
}
