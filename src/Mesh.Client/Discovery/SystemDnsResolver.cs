using System.Net;
using System.Net.Sockets;

namespace Mesh.Client.Discovery;

/// <summary>Asks the resolver of the operating system, hosts file included.</summary>
internal sealed class SystemDnsResolver : IDnsResolver
{
    public async ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData)
        {
            // NXDOMAIN and NODATA are answers; every other error means that there was none.
            return [];
        }
    }
}
