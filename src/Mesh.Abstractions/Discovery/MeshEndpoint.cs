using Mesh.Model;

namespace Mesh.Discovery;

/// <summary>One network address that serves a service, with what is known of it. Equal endpoints are the same endpoint.</summary>
public sealed record MeshEndpoint
{
    /// <summary>IP address or host name. Host names are resolved when a connection is opened, or by DNS discovery.</summary>
    public required string Address { get; init; }

    /// <summary>The DNS name <see cref="Address"/> was found under: the TLS server name where no policy sets one. Null: <see cref="Address"/> itself.</summary>
    public string? HostName { get; init; }

    /// <summary>Port; 0: the target port of the service port (see <see cref="ResolvePort"/>).</summary>
    public int Port { get; init; }

    /// <summary>Endpoint ports by the name of the service port; they win over <see cref="Port"/>.</summary>
    public ModelMap<int> PortsByName { get; init; } = ModelMap<int>.Empty;

    /// <summary><c>http</c> or <c>https</c> when the endpoint demands one; null: the request's scheme and the cluster's TLS decide.</summary>
    public string? Scheme { get; init; }

    /// <summary>Labels, matched by subsets.</summary>
    public ModelMap<string> Labels { get; init; } = ModelMap<string>.Empty;

    /// <summary>Share of traffic relative to its siblings. Default 1; 0 takes no traffic.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Where it runs.</summary>
    public Locality Locality { get; init; }

    /// <summary>Priority level; 0 is used first, higher ones take over as lower ones fail.</summary>
    public int Priority { get; init; }

    /// <summary>What the discovery source says of its health.</summary>
    public EndpointHealth Health { get; init; }

    /// <summary>True when the endpoint is known to speak HTTP/2 over plain text.</summary>
    public bool Http2 { get; init; }

    /// <summary>Name of the service account it runs as, for identity checks; null: unknown.</summary>
    public string? ServiceAccount { get; init; }

    /// <summary>The name shown in telemetry and consoles (<c>catalog-7c9-1</c>); null: the address.</summary>
    public string? InstanceName { get; init; }

    /// <summary>The port that serves <paramref name="port"/> here: by name, else <see cref="Port"/>, else its target port, else its number.</summary>
    /// <param name="port">A port of the service; null when the service declares none.</param>
    /// <param name="requestPort">The port of the request, used when nothing else is known.</param>
    public int ResolvePort(ServicePort? port, int requestPort)
    {
        if (port is not null)
        {
            if (port.Name.Length > 0 && PortsByName.TryGetValue(port.Name, out var named))
            {
                return named;
            }

            return Port != 0 ? Port : port.TargetPort != 0 ? port.TargetPort : port.Number;
        }

        return Port != 0 ? Port : requestPort;
    }
}

/// <summary>Health of an endpoint as its source reports it. Source: EDS health status.</summary>
public enum EndpointHealth
{
    /// <summary>Takes traffic (also "unknown").</summary>
    Healthy,

    /// <summary>Takes traffic when healthy ones do not suffice.</summary>
    Degraded,

    /// <summary>Takes no new traffic but finishes what it has.</summary>
    Draining,

    /// <summary>Takes no traffic.</summary>
    Unhealthy,
}
