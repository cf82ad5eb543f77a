using System.Net;

namespace Mesh.Peers.Stub;

/// <summary>
/// The end of a handler chain without a network. A request stays open until <see cref="Answer"/>: everything above it has to
/// suspend, as it does over a socket, and resumes on the same thread, so that no thread hop is measured. (A stub that answers
/// at once hides the state machines that a real request allocates.) For one thread at a time.
/// </summary>
internal sealed class StubTransport : HttpMessageHandler
{
    private static readonly byte[] s_body = new byte[128];
    private TaskCompletionSource<HttpResponseMessage>? _pending;
    private HttpRequestMessage? _request;

    public bool IsOpen => Volatile.Read(ref _pending) is not null;

    /// <summary>
    /// Completes the open request with 200, a body and its length: every answer from a socket has these, and one without would
    /// make whoever looks at them pay for creating them.
    /// </summary>
    public void Answer()
    {
        var pending = _pending ?? throw new InvalidOperationException("No request is open.");
        _pending = null;
        var content = new ByteArrayContent(s_body);
        content.Headers.ContentLength = s_body.Length;
        pending.SetResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = _request, Content = content });
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _request = request;
        var pending = new TaskCompletionSource<HttpResponseMessage>();
        Volatile.Write(ref _pending, pending);
        return pending.Task;
    }
}
