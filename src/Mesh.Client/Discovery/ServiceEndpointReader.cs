using System.Net;
using Mesh.Discovery;
using Microsoft.Extensions.ServiceDiscovery;

namespace Mesh.Client.Discovery;

/// <summary>Turns an endpoint of Microsoft.Extensions.ServiceDiscovery into one of the mesh; null for kinds that HTTP cannot reach.</summary>
internal static class ServiceEndpointReader
{
    public static MeshEndpoint? Read(ServiceEndpoint endpoint)
    {
        var hostName = endpoint.Features.Get<IHostNameFeature>()?.HostName;
        return endpoint.EndPoint switch
        {
            UriEndPoint { Uri: var uri } => EndpointUpdate.TryParse(uri.OriginalString, out var parsed) ? parsed with { HostName = hostName } : null,
            IPEndPoint ip => new MeshEndpoint { Address = ip.Address.ToString(), Port = ip.Port, HostName = hostName },
            DnsEndPoint dns => new MeshEndpoint { Address = dns.Host, Port = dns.Port, HostName = hostName },
            _ => null,
        };
    }
}
