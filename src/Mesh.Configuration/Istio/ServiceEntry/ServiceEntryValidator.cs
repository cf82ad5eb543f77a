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
        Ports(at, spec);
        ServiceEntryResolutionCheck.Validate(at, spec);
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
            else
            {
                at[i].ErrorIf(DnsName.CheckWildcardHost(host));
                if (host.Contains('*') && !host.StartsWith("*.", StringComparison.Ordinal))
                {
                    at[i].Warning($"partial wildcard '{host}' not allowed, it matches nothing; write '*.example.com'");
                }
            }
        }
    }

    private static void Addresses(FieldScope at, ServiceEntrySpec spec)
    {
        for (var i = 0; i < spec.Addresses.Count; i++)
        {
            at["addresses"][i].ErrorIf(IpText.CheckSubnet(spec.Addresses[i]));
            if (spec.Addresses[i].Contains('/') && spec.Resolution is not (null or ServiceEntryResolution.None or ServiceEntryResolution.Static))
            {
                at["addresses"][i].Error("CIDR addresses are allowed only for NONE/STATIC resolution types; write single addresses");
            }
        }

        if (spec.Addresses.Any(static address => address.Contains('/', StringComparison.Ordinal)))
        {
            at["addresses"].HasNoEffect("a request names a host, so single addresses act and ranges do not");
        }
    }

    private static void Ports(FieldScope root, ServiceEntrySpec spec)
    {
        var at = root["ports"];
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

            at[i]["name"].PortName(port.Name);
            if (port.Name.Length > 0 && !names.Add(port.Name))
            {
                at[i]["name"].Error($"another port is called '{port.Name}'");
            }

            if (port.Protocol is { } protocol && !ProtocolName.IsKnown(protocol))
            {
                at[i]["protocol"].Error($"'{protocol}' is not a protocol; use HTTP, HTTP2, HTTPS, GRPC, GRPC-WEB, TCP, TLS or MONGO");
            }

            if (port.TargetPort is > 0 && (spec.Resolution ?? ServiceEntryResolution.None) == ServiceEntryResolution.None)
            {
                at[i]["targetPort"].Warning("has no effect with resolution NONE, which keeps the port of the request");
            }
        }

        if (spec.Addresses.Count == 0 && !GetsAddress(root.Document, spec) && spec.Ports.Any(static p => p.Protocol is null or "TCP"))
        {
            at.Warning("addresses are required for ports serving TCP (or unset) protocol, else a proxy takes every connection to the port; add 'addresses'");
        }

        if (spec.Ports.Count == 0)
        {
            at.Advice("no ports: every port of the request is served as it is");
        }
    }

    // Istio gives an address to what has none, unless the label forbids it or the caller's own resolution counts.
    private static bool GetsAddress(ConfigDocument document, ServiceEntrySpec spec) =>
        (spec.Resolution ?? ServiceEntryResolution.None) != ServiceEntryResolution.None
        && !(document.Metadata.Labels.TryGetValue("networking.istio.io/enable-autoallocate-ip", out var value) && string.Equals(value, "false", StringComparison.OrdinalIgnoreCase));

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

        if (spec.Resolution is not ServiceEntryResolution.Static)
        {
            at["workloadSelector"].Warning($"workloadSelector should not be set when resolution mode is {ServiceEntryResolutionCheck.Name(spec)}; set resolution STATIC");
        }
    }
}
