using Mesh.Peers.Modes;

namespace Mesh.Peers.Stub;

/// <summary>The loop that both the stub command and the BenchmarkDotNet reports time: a new request, sent, answered, disposed.</summary>
internal sealed class StubLoop(StubTransport stub, PeerClient client)
{
    /// <summary>The first request may resolve names or start something on other threads; it is waited for and not timed.</summary>
    public void Prime()
    {
        using var request = client.CreateRequest();
        var task = client.Send(request, CancellationToken.None);
        if (!SpinWait.SpinUntil(() => stub.IsOpen || task.IsCompleted, TimeSpan.FromSeconds(10)))
        {
            throw new InvalidOperationException("The first request did not reach the transport.");
        }

        if (!task.IsCompleted)
        {
            stub.Answer();
        }

        using var response = task.GetAwaiter().GetResult();
        response.EnsureSuccessStatusCode();
    }

    public void Run(int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            using var request = client.CreateRequest();
            var task = client.Send(request, CancellationToken.None);
            if (task.IsCompleted)
            {
                throw new InvalidOperationException("The request did not suspend, so this would not measure what a real request costs.");
            }

            stub.Answer();
            if (!task.IsCompletedSuccessfully)
            {
                throw new InvalidOperationException($"The request did not complete with its answer: {task.Status}.", task.Exception);
            }

            using var response = task.Result;
            response.EnsureSuccessStatusCode();
        }
    }
}
