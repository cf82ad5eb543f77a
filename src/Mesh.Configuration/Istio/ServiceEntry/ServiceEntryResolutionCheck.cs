using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Checks that hosts, ports and endpoints of a ServiceEntry go with its resolution. Source: Istio's admission check.</summary>
internal static class ServiceEntryResolutionCheck
{
    public static string Name(ServiceEntrySpec spec) => (spec.Resolution ?? ServiceEntryResolution.None) switch
    {
        ServiceEntryResolution.None => "NONE",
        ServiceEntryResolution.Static => "STATIC",
        ServiceEntryResolution.Dns => "DNS",
        ServiceEntryResolution.DnsRoundRobin => "DNS_ROUND_ROBIN",
        _ => "DYNAMIC_DNS",
    };

    public static void Validate(FieldScope at, ServiceEntrySpec spec)
    {
        switch (spec.Resolution ?? ServiceEntryResolution.None)
        {
            case ServiceEntryResolution.None:
                if (spec.Endpoints.Count > 0)
                {
                    at["endpoints"].Error("NONE mode cannot set endpoints; set resolution STATIC or DNS, or remove them");
                }

                break;
            case ServiceEntryResolution.Static:
                StaticEndpoints(at, spec);
                break;
            case ServiceEntryResolution.DynamicDns:
                DynamicDns(at, spec);
                break;
            default:
                Dns(at, spec);
                break;
        }

        // By its connection alone nobody can tell which of several hosts was meant.
        if (spec.Resolution is not (null or ServiceEntryResolution.None) && spec.Hosts.Count > 1 && spec.Ports.Any(static p => !ProtocolName.IsHttp(p.Protocol) && !ProtocolName.IsTls(p.Protocol)))
        {
            at["ports"].Error("multiple hosts provided with non-HTTP, non-TLS ports; write a ServiceEntry for each host");
        }
    }

    private static void StaticEndpoints(FieldScope at, ServiceEntrySpec spec)
    {
        for (var i = 0; i < spec.Endpoints.Count; i++)
        {
            var (endpoint, place) = (spec.Endpoints[i], at["endpoints"][i]);
            WorkloadEntryValidator.Endpoint(place, endpoint);
            PortNames(place["ports"], endpoint, spec);
            if (endpoint.Address is not { } address)
            {
                continue;
            }

            if (WorkloadEntryValidator.IsUnixPath(address))
            {
                if (spec.Ports.Count != 1)
                {
                    place["address"].Error("exactly 1 service port required for unix endpoints");
                }
            }
            else if (!IpText.IsAddress(address))
            {
                place["address"].Error($"'{address}' is not an IP address; use resolution DNS for names");
            }
        }
    }

    private static void Dns(FieldScope at, ServiceEntrySpec spec)
    {
        if (spec.Endpoints.Count == 0)
        {
            for (var i = 0; i < spec.Hosts.Count; i++)
            {
                if (DnsName.CheckHost(spec.Hosts[i]) is not null)
                {
                    at["hosts"][i].Error($"hosts must be FQDN if no endpoints are provided for resolution mode {Name(spec)}; add 'endpoints', or use NONE or DYNAMIC_DNS");
                }
            }
        }

        if (spec is { Resolution: ServiceEntryResolution.DnsRoundRobin, Endpoints.Count: > 1 })
        {
            at["endpoints"].Error("DNS_ROUND_ROBIN mode cannot have multiple endpoints; use DNS");
        }

        for (var i = 0; i < spec.Endpoints.Count; i++)
        {
            var (endpoint, place) = (spec.Endpoints[i], at["endpoints"][i]);
            if (!IpText.IsAddress(endpoint.Address ?? ""))
            {
                place["address"].ErrorIf(DnsName.CheckHost(endpoint.Address ?? ""));
            }

            place["labels"].Labels(endpoint.Labels);
            PortNames(place["ports"], endpoint, spec);
            foreach (var (name, port) in endpoint.Ports)
            {
                place["ports"][name].PortName(name);
                place["ports"][name].Port(port);
            }
        }

        if (spec.Addresses.Count > 0 && spec.Hosts.Count > 1 && spec.Ports.Any(static p => ProtocolName.IsTcp(p.Protocol)))
        {
            at["hosts"].Warning("several hosts with addresses and a TCP port cannot be told apart; write a ServiceEntry for each host");
        }
    }

    private static void DynamicDns(FieldScope at, ServiceEntrySpec spec)
    {
        if (spec.Location is ServiceEntryLocation.MeshInternal)
        {
            at["location"].Error("DYNAMIC_DNS is for hosts outside of the mesh; use MESH_EXTERNAL");
        }

        if (spec.Endpoints.Count > 0)
        {
            at["endpoints"].Error("DYNAMIC_DNS resolves the host of the request; remove the endpoints");
        }

        for (var i = 0; i < spec.Hosts.Count; i++)
        {
            if (!HostName.IsWildcard(spec.Hosts[i]))
            {
                at["hosts"][i].Error("DYNAMIC_DNS is for wildcards; use DNS for a plain host");
            }
        }

        for (var i = 0; i < spec.Ports.Count; i++)
        {
            if (!ProtocolName.IsHttp(spec.Ports[i].Protocol) && !ProtocolName.IsTls(spec.Ports[i].Protocol))
            {
                at["ports"][i]["protocol"].Error("DYNAMIC_DNS needs the host of a request or handshake; use an HTTP or TLS protocol");
            }
        }
    }

    private static void PortNames(FieldScope at, WorkloadEntrySpec endpoint, ServiceEntrySpec spec)
    {
        foreach (var (name, port) in endpoint.Ports)
        {
            if (!spec.Ports.Any(p => p.Name == name))
            {
                at[name].Error($"endpoint port {port} is not defined by the service entry; name one of its ports");
            }
        }
    }
}
