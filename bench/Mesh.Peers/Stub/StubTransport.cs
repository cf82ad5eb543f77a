using System.Net;

namespace Mesh.Peers.Stub;

/// <summary>
/// The end of a handler chain without a network. A request stays open until <see cref="Answer"/>: everything above it has to
/// suspend, as it does over a socket, and resumes on the same thread, so that no thread hop is measured. (A stub that answers
/// at once hides the state machines that a real request allocates.) For one thread at a time.
/// </summary>
internal sealed class StubTransport : HttpMessageHandler
{
    private TaskCompletionSource<HttpResponseMessage>? _pending;
    private HttpRequestMessage? _request;

    public bool IsOpen => Volatile.Read(ref _pending) is not null;

    /// <summary>Completes the open request with an empty 200.</summary>
    public void Answer()
    {
        var pending = _pending ?? throw new InvalidOperationException("No request is open.");
        _pending = null;
        pending.SetResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = _request });
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _request = request;
        var pending = new TaskCompletionSource<HttpResponseMessage>();
        Volatile.Write(ref _pending, pending);
        return pending.Task;
    }
}
