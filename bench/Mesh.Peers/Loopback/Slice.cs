namespace Mesh.Peers.Loopback;

/// <summary>One mode measured once: the client's figures with what the run knows about them.</summary>
internal sealed record Slice(string Mode, int Callers, int Round, ClientSlice Client, double NeighbourCores, int Retaken)
{
    public double RequestsPerSecond => Client.Requests / Client.Seconds;

    public double TotalCpu => PerRequest(Client.ClientCpu + Client.ProxyCpu + Client.UpstreamCpu);

    public double BytesPerRequest => (double)Client.AllocatedBytes / Client.Requests;

    /// <summary>Microseconds of CPU for each request.</summary>
    public double PerRequest(double cpuSeconds) => cpuSeconds * 1e6 / Client.Requests;
}
