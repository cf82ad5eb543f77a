using System.Net.Sockets;

namespace Mesh.Client.Transport;

/// <summary>A connection that counts as open from the moment its owner says so until it is disposed. It adds nothing to reads and writes.</summary>
internal sealed class CountedStream(Socket socket, OpenConnections connections) : NetworkStream(socket, ownsSocket: true)
{
    private int _capacity;

    /// <param name="capacity">How many requests it carries at once.</param>
    public void MarkOpen(int capacity)
    {
        connections.Add(capacity);
        Volatile.Write(ref _capacity, capacity);
    }

    protected override void Dispose(bool disposing)
    {
        connections.Add(-Interlocked.Exchange(ref _capacity, 0));
        base.Dispose(disposing);
    }
}
