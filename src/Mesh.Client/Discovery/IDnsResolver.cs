using System.Net;

namespace Mesh.Client.Discovery;

/// <summary>Looks host names up. Register an implementation to use a resolver other than the operating system's.</summary>
public interface IDnsResolver
{
    /// <summary>Finds the addresses (A and AAAA) of a host name.</summary>
    /// <param name="host">The name, never an address literal.</param>
    /// <param name="cancellationToken">Cancelled when the lookup takes too long or the service leaves the mesh.</param>
    /// <returns>The addresses in any order; empty when the name does not exist or has no address.</returns>
    /// <exception cref="Exception">The lookup failed, so nothing is known: the last addresses stay in use and the lookup is repeated with back-off.</exception>
    ValueTask<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken);
}
