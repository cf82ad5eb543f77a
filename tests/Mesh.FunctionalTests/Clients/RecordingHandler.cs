namespace Mesh.FunctionalTests.Clients;

/// <summary>A handler of the application: counts the requests it sees and marks them.</summary>
internal sealed class RecordingHandler : DelegatingHandler
{
    private int _requests;

    public int Requests => Volatile.Read(ref _requests);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        request.Headers.TryAddWithoutValidation("x-user-handler", "1");
        return base.SendAsync(request, cancellationToken);
    }
}
