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

    /// <summary>Headers at once, then a body of unknown length that the test ends.</summary>
    LongBody,
}

/// <summary>The network: what each address does, and what reached it.</summary>
internal sealed class ScriptedEndpoints(Func<string, bool> isMember)
{
    private readonly Dictionary<string, Behavior> _behaviors = [];

    /// <summary>Requests without an answer so far.</summary>
    public List<TaskCompletionSource<HttpResponseMessage>> Held { get; } = [];

    /// <summary>Requests received.</summary>
    public int Sends { get; private set; }

    /// <summary>An address that got a request though it takes none; null: there was none.</summary>
    public string? Intruder { get; private set; }

    public void Behave(string address, Behavior behavior) => _behaviors[address] = behavior;

    public HttpMessageHandler For(MeshEndpoint endpoint) => new Handler(this, endpoint.Address);

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
                var held = new TaskCompletionSource<HttpResponseMessage>();
                Held.Add(held);
                cancellationToken.Register(() => held.TrySetCanceled(cancellationToken));
                return held.Task;
            case Behavior.LongBody:
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new StreamContent(new EndlessStream()) });
            case Behavior.ServerError:
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.InternalServerError) { RequestMessage = request });
            default:
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request });
        }
    }

    private sealed class Handler(ScriptedEndpoints network, string address) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => network.Send(address, request, cancellationToken);
    }

    /// <summary>A body that breaks on its second read; its length is unknown.</summary>
    private sealed class EndlessStream : MemoryStream
    {
        private int _reads;

        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ++_reads == 1 ? ValueTask.FromResult(buffer.Length) : ValueTask.FromException<int>(new IOException("The body broke off."));
    }
}
