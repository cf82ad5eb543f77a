namespace Mesh.Client.Transport;

/// <summary>
/// How many requests the open connections of a cluster can carry at once; a connection is open when it is connected and, with TLS, authenticated. What is
/// in flight beyond that is pending. Source: ENVOY §11, a request waits while its connection opens just as it waits for one that is busy.
/// </summary>
internal sealed class OpenConnections
{
    /// <summary>Over HTTP/1.1 a connection carries one request.</summary>
    public const int One = 1;

    /// <summary>Over HTTP/2 it carries more than a process ever has in flight.</summary>
    public const int Many = 1 << 24;

    private long _capacity;

    public long Capacity => Volatile.Read(ref _capacity);

    public void Add(int capacity) => Interlocked.Add(ref _capacity, capacity);
}
