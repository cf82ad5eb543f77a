using System.Collections.Concurrent;
using System.Net;
using Mesh.Discovery;

namespace Mesh.PropertyTests.Runtime;

/// <summary>How an endpoint answers.</summary>
internal enum Behavior
{
    Ok,
    ServerError,
    Refused,
    Reset,

    /// <summary>Keeps the request until the test ends it.</summary>
    Hold,

    /// <summary>Headers at once, then a body of unknown length that breaks off.</summary>
    LongBody,
}

/// <summary>The network of a life in single steps: what each address does, and what reached it.</summary>
internal sealed class ScriptedEndpoints(Func<string, bool> isMember)
{
    private readonly ConcurrentDictionary<string, Behavior> _behaviors = [];
    private readonly ConcurrentDictionary<HttpRequestMessage, TaskCompletionSource<HttpResponseMessage>> _held = [];
    private readonly ConcurrentDictionary<HttpRequestMessage, TaskCompletionSource> _awaited = [];

    /// <summary>Requests received.</summary>
    public int Sends { get; private set; }

    /// <summary>An address that got a request though it takes none; null: there was none.</summary>
    public string? Intruder { get; private set; }

    public void Behave(string address, Behavior behavior) => _behaviors[address] = behavior;

    public HttpMessageHandler For(MeshEndpoint endpoint) => new Handler(this, endpoint.Address);

    /// <summary>The answer that a request waits for at the endpoint that keeps it.</summary>
    public TaskCompletionSource<HttpResponseMessage> HeldAnswer(HttpRequestMessage request) => _held[request];

    /// <summary>Completes when the request, sent once more, is kept again. Asked for before the try under way is ended.</summary>
    public Task NextHold(HttpRequestMessage request) =>
        (_awaited[request] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    private Task<HttpResponseMessage> Send(string address, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Sends++;
        if (!isMember(address))
        {
            Intruder = address;
        }

        switch (_behaviors.GetValueOrDefault(address))
        {
            case Behavior.Refused:
                throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
            case Behavior.Reset:
                throw new HttpRequestException(HttpRequestError.Unknown, "reset", new IOException("reset"));
            case Behavior.Hold:
                return Hold(request, cancellationToken);
            case Behavior.LongBody:
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new StreamContent(new BreakingStream()) });
            case Behavior.ServerError:
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.InternalServerError) { RequestMessage = request });
            default:
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request });
        }
    }

    private Task<HttpResponseMessage> Hold(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var held = new TaskCompletionSource<HttpResponseMessage>();
        cancellationToken.Register(() => held.TrySetCanceled(cancellationToken));
        _held[request] = held;
        if (_awaited.TryRemove(request, out var awaited))
        {
            awaited.SetResult();
        }

        return held.Task;
    }

    private sealed class Handler(ScriptedEndpoints network, string address) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => network.Send(address, request, cancellationToken);
    }
}
