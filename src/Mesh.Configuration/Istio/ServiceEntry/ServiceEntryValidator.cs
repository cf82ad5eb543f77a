using System.Net;
using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>What Istio's admission check says of a ServiceEntry by itself.</summary>
internal static class ServiceEntryValidator
{
    public static void Validate(ConfigDocument document, ProblemSink problems)
    {
        var spec = (ServiceEntrySpec)document.Spec;
        var at = FieldScope.Spec(document, problems);
        Hosts(at["hosts"], spec);
        Addresses(at, spec);
        Ports(at["ports"], spec);
        Endpoints(at, spec);
        Resolution(at, spec);
        at["exportTo"].ExportTo(spec.ExportTo, allowNone: true);
        Selector(at, spec);
    }

    private static void Hosts(FieldScope at, ServiceEntrySpec spec)
    {
        if (spec.Hosts.Count == 0)
        {
            at.Error("names no host; add one");
        }

        for (var i = 0; i < spec.Hosts.Count; i++)
        {
            var host = spec.Hosts[i];
            if (host == "*")
            {
                at[i].Error("'*' would be every host; set the outbound traffic policy to ALLOW_ANY instead");
            }
            else if (host.StartsWith('*') && host.Length > 1 && host[1] is not ('.' or '-'))
            {
                at[i].Warning($"'{host}': a partial wildcard matches nothing; write '*.{host[1..].TrimStart('.')}'");
            }
            else
            {
                at[i].ErrorIf(DnsName.CheckWildcardHost(host));
            }
        }
    }

    private static void Addresses(FieldScope at, ServiceEntrySpec spec)
    {
        for (var i = 0; i < spec.Addresses.Count; i++)
        {
            at["addresses"][i].ErrorIf(L4RouteValidator.CheckSubnet(spec.Addresses[i]));
        }

        if (spec.Addresses.Any(static address => address.Contains('/', StringComparison.Ordinal)))
        {
            at["addresses"].HasNoEffect("a request names a host, so single addresses act and ranges do not");
        }
    }

    private static void Ports(FieldScope at, ServiceEntrySpec spec)
    {
        var (numbers, names) = (new HashSet<int>(), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < spec.Ports.Count; i++)
        {
            var port = spec.Ports[i];
            at[i]["number"].Port(port.Number);
            if (port.TargetPort is not 0)
            {
                at[i]["targetPort"].Port(port.TargetPort);
            }

            if (!numbers.Add(port.Number))
            {
                at[i]["number"].Error($"port {port.Number} is there already");
            }

            if (port.Name.Length == 0)
            {
                at[i]["name"].Error("a port needs a name");
            }
            else if (!names.Add(port.Name))
            {
                at[i]["name"].Error($"another port is called '{port.Name}'");
            }

            at[i]["name"].Label(port.Name);
            if (port.Protocol is { } protocol && !ProtocolName.IsKnown(protocol))
            {
                at[i]["protocol"].Error($"'{protocol}' is not a protocol; use HTTP, HTTP2, HTTPS, GRPC, GRPC-WEB, TCP, TLS or MONGO");
            }

            if (port.TargetPort is > 0 && port.TargetPort != port.Number && (spec.Resolution ?? ServiceEntryResolution.None) == ServiceEntryResolution.None)
            {
                at[i]["targetPort"].Warning("has no effect with resolution NONE, which keeps the port of the request");
            }
        }

        if (spec.Addresses.Count == 0 && spec.Ports.Any(static p => p.Protocol?.ToUpperInvariant() is "TCP"))
        {
            at.Warning("a TCP port without 'addresses' takes every connection to its number in Istio; here it only takes requests for the hosts");
        }

        if (spec.Ports.Count == 0)
        {
            at.Warning("no ports: every port of the request is served as it is");
        }
    }

    private static void Endpoints(FieldScope at, ServiceEntrySpec spec)
    {
        for (var i = 0; i < spec.Endpoints.Count; i++)
        {
            var place = at["endpoints"][i];
            WorkloadEntryValidator.Endpoint(place, spec.Endpoints[i]);
            foreach (var (name, _) in spec.Endpoints[i].Ports)
            {
                if (!spec.Ports.Any(p => p.Name == name))
                {
                    place["ports"][name].Error($"the document has no port called '{name}'");
                }
            }

            if (spec.Resolution is ServiceEntryResolution.Static && spec.Endpoints[i].Address is { } address && !WorkloadEntryValidator.IsUnixPath(address) && !IPAddress.TryParse(address, out _))
            {
                place["address"].Error($"'{address}' is not an IP address; use resolution DNS for names");
            }

            if (spec.Resolution is ServiceEntryResolution.Dns or ServiceEntryResolution.DnsRoundRobin && spec.Endpoints[i].Address is { } name2)
            {
                if (WorkloadEntryValidator.IsUnixPath(name2))
                {
                    place["address"].Error("a Unix socket is not resolved by DNS; use resolution STATIC");
                }
                else if (!DnsName.IsAddress(name2))
                {
                    place["address"].ErrorIf(DnsName.CheckHost(name2));
                }
            }
        }
    }

    private static void Resolution(FieldScope at, ServiceEntrySpec spec)
    {
        switch (spec.Resolution ?? ServiceEntryResolution.None)
        {
            case ServiceEntryResolution.None when spec.Endpoints.Count > 0:
                at["endpoints"].Error("resolution NONE uses the host of the request; set resolution STATIC or DNS, or remove the endpoints");
                break;
            case ServiceEntryResolution.Dns or ServiceEntryResolution.DnsRoundRobin when spec.Endpoints.Count == 0 && spec.WorkloadSelector is null:
                for (var i = 0; i < spec.Hosts.Count; i++)
                {
                    if (HostName.IsWildcard(spec.Hosts[i]))
                    {
                        at["hosts"][i].Error("a wildcard cannot be resolved by DNS; add 'endpoints', or use resolution NONE or DYNAMIC_DNS");
                    }
                }

                break;
            case ServiceEntryResolution.DynamicDns:
                DynamicDns(at, spec);
                break;
            default:
                break;
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
    }

    private static void Selector(FieldScope at, ServiceEntrySpec spec)
    {
        if (spec.WorkloadSelector is null)
        {
            return;
        }

        at["workloadSelector"].WorkloadSelector(spec.WorkloadSelector);
        if (spec.Endpoints.Count > 0)
        {
            at["endpoints"].Error("only one of 'endpoints' and 'workloadSelector' may be set");
        }

        if ((spec.Resolution ?? ServiceEntryResolution.None) == ServiceEntryResolution.None)
        {
            at["workloadSelector"].Warning("has no effect with resolution NONE; set resolution STATIC");
        }
    }
}
