using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Configuration.Registry;

/// <summary>A service as the registry knows it, before rules and policies are put to it.</summary>
internal sealed record RegisteredService
{
    /// <summary>Full name; the key of the registry.</summary>
    public required string Name { get; init; }

    public required string Namespace { get; init; }

    public required ModelList<string> Hosts { get; init; }

    public ModelList<ServicePort> Ports { get; init; } = [];

    public EndpointResolution Resolution { get; init; }

    public ModelList<MeshEndpoint> Endpoints { get; init; } = [];

    public string? DiscoveryName { get; init; }

    /// <summary>Names a server may prove, when the policy names none. Source: ServiceEntry.subjectAltNames.</summary>
    public ModelList<string> SubjectAltNames { get; init; } = [];

    public ConfigOrigin? Origin { get; init; }

    /// <summary>The only port of the service; null when there are several or none.</summary>
    public int? OnlyPort => Ports.Count == 1 ? Ports[0].Number : null;

    public bool HasPort(int number)
    {
        foreach (var port in Ports)
        {
            if (port.Number == number)
            {
                return true;
            }
        }

        return false;
    }
}
