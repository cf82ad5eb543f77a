using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>What Istio's admission check says of a Sidecar by itself.</summary>
internal static class SidecarValidator
{
    public static void Validate(ConfigDocument document, ProblemSink problems)
    {
        var spec = (SidecarSpec)document.Spec;
        var at = FieldScope.Spec(document, problems);
        at["workloadSelector"].WorkloadSelector(spec.WorkloadSelector);
        if (spec is { Egress.Count: 0, Ingress.Count: 0, InboundConnectionPool: null, OutboundTrafficPolicy: null })
        {
            at.Error("an empty Sidecar; add 'egress' or 'outboundTrafficPolicy'");
        }

        Egress(at["egress"], spec);
        Ingress(at["ingress"], spec);
        if (spec.InboundConnectionPool is not null)
        {
            ConnectionPoolValidator.Validate(at["inboundConnectionPool"], spec.InboundConnectionPool);
            at["inboundConnectionPool"].HasNoEffect("it acts where requests arrive, not in a calling process");
        }

        OutboundPolicy(at["outboundTrafficPolicy"], spec.OutboundTrafficPolicy);
    }

    private static void Egress(FieldScope at, SidecarSpec spec)
    {
        var (ports, binds) = (new HashSet<int>(), new HashSet<string>(StringComparer.Ordinal));
        var hasDefault = false;
        for (var i = 0; i < spec.Egress.Count; i++)
        {
            var listener = spec.Egress[i];
            if (listener.Port is null)
            {
                if (hasDefault)
                {
                    at[i].Error("another listener without port is there already; merge their hosts");
                }

                hasDefault = true;
            }
            else
            {
                at[i]["port"]["number"].Port(listener.Bind is { } bind && WorkloadEntryValidator.IsUnixPath(bind) ? null : listener.Port.Number);
                if (listener.Bind is null && !ports.Add(listener.Port.Number))
                {
                    at[i]["port"].Error($"another listener has port {listener.Port.Number}; merge their hosts");
                }
            }

            if (listener.Bind is not null)
            {
                if (WorkloadEntryValidator.IsUnixPath(listener.Bind) && !binds.Add(listener.Bind))
                {
                    at[i]["bind"].Error("another listener has this address; merge their hosts");
                }

                at[i]["bind"].HasNoEffect("there is no listener in process");
                if (!WorkloadEntryValidator.IsUnixPath(listener.Bind) && !DnsName.IsAddress(listener.Bind))
                {
                    at[i]["bind"].Error($"'{listener.Bind}' is neither an IP address nor unix:///path");
                }
            }

            if (listener.CaptureMode is not null)
            {
                at[i]["captureMode"].HasNoEffect("traffic is not captured in process");
            }

            Hosts(at[i]["hosts"], listener);
        }
    }

    private static void Hosts(FieldScope at, IstioEgressListenerSpec listener)
    {
        if (listener.Hosts.Count == 0)
        {
            at.Error("imports nothing; write ['*/*'] for everything, or ['~/*'] for nothing");
        }

        for (var i = 0; i < listener.Hosts.Count; i++)
        {
            var host = listener.Hosts[i];
            var slash = host.IndexOf('/');
            if (slash <= 0 || slash == host.Length - 1)
            {
                at[i].Error($"'{host}' is not namespace/host; write './*' for the own namespace or '*/host'");
                continue;
            }

            // A leading ~ excludes: a namespace (~ns/*), a host (~/host), everything (~/*).
            var @namespace = host[..slash].TrimStart('~');
            if (@namespace is not ("" or "." or "*") && !DnsName.IsLabel(@namespace))
            {
                at[i].Error($"'{@namespace}' is not a namespace; write '.', '*', '~' or the name of one");
            }

            var name = host[(slash + 1)..];
            at[i].ErrorIf(name[0] == '*' && name.Length > 1 && name[1] != '.' ? $"'{name}': a wildcard stands alone or before '.'; write *.example.com" : DnsName.CheckWildcardHost(name));
        }

        Redundant(at, listener);
    }

    private static void Redundant(FieldScope at, IstioEgressListenerSpec listener)
    {
        for (var i = 0; i < listener.Hosts.Count; i++)
        {
            for (var j = 0; j < listener.Hosts.Count; j++)
            {
                var (outer, inner) = (Full(at, listener.Hosts[j]), Full(at, listener.Hosts[i]));
                if (i != j && inner[0] != '~' && outer[0] != '~' && outer.EndsWith("/*", StringComparison.Ordinal) && outer[..^2] is var scope && (scope == "*" || inner.StartsWith(scope + "/", StringComparison.Ordinal)) && outer != inner)
                {
                    at[i].Warning($"'{outer}' imports it already; remove it");
                    break;
                }
            }
        }
    }

    private static string Full(FieldScope at, string host) => host.StartsWith("./", StringComparison.Ordinal) ? at.Document.Metadata.Namespace + host[1..] : host;

    private static void Ingress(FieldScope at, SidecarSpec spec)
    {
        var ports = new HashSet<int>();
        for (var i = 0; i < spec.Ingress.Count; i++)
        {
            var listener = spec.Ingress[i];
            if (listener.Port is not { } port)
            {
                at[i]["port"].Error("an inbound listener needs a port");
            }
            else
            {
                at[i]["port"]["number"].Port(port.Number);
                if (!ports.Add(port.Number))
                {
                    at[i]["port"].Error($"another listener has port {port.Number}");
                }
            }

            if (listener.ConnectionPool is not null)
            {
                ConnectionPoolValidator.Validate(at[i]["connectionPool"], listener.ConnectionPool);
            }

            if (listener.Tls is not null)
            {
                IngressTls(at[i]["tls"], listener.Tls, listener.Port?.Protocol);
            }

            if (listener.DefaultEndpoint is { } endpoint && !IsLocal(endpoint))
            {
                at[i]["defaultEndpoint"].Error("must be 127.0.0.1:port, [::1]:port, 0.0.0.0:port or unix:///path");
            }
        }

        if (spec.Ingress.Count > 0)
        {
            at.HasNoEffect("inbound listeners act where requests arrive, not in a calling process");
        }
    }

    private static void IngressTls(FieldScope at, ServerTLSSettingsSpec tls, string? protocol)
    {
        ServerTlsValidator.Validate(at, tls);
        if (tls.Mode is ServerTLSMode.IstioMutual or ServerTLSMode.AutoPassThrough)
        {
            at["mode"].Error("is not allowed on a Sidecar; use SIMPLE or MUTUAL");
        }

        if (tls.HttpsRedirect is true)
        {
            at["httpsRedirect"].Error("is not allowed on a Sidecar; remove it");
        }

        if (tls.SubjectAltNames.Count > 0 || tls.CredentialNames.Count > 0 || tls.CredentialName is not null)
        {
            at.Error("subjectAltNames and credentials are not allowed on a Sidecar; use files");
        }

        if (protocol?.ToUpperInvariant() is not ("HTTPS" or "TLS"))
        {
            at.Error("needs a port that speaks HTTPS or TLS");
        }
    }

    private static bool IsLocal(string endpoint)
    {
        if (WorkloadEntryValidator.IsUnixPath(endpoint))
        {
            return true;
        }

        var colon = endpoint.LastIndexOf(':');
        return colon > 0 && endpoint[..colon] is "127.0.0.1" or "0.0.0.0" or "[::1]" or "[::]"
            && int.TryParse(endpoint.AsSpan(colon + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= 65535;
    }

    private static void OutboundPolicy(FieldScope at, OutboundTrafficPolicySpec? policy)
    {
        if (policy?.EgressProxy is not { } proxy)
        {
            return;
        }

        at["egressProxy"].Destination(proxy);
        if (policy.Mode is not OutboundTrafficPolicyMode.AllowAny)
        {
            at["egressProxy"].Error("needs mode ALLOW_ANY; with REGISTRY_ONLY no unknown traffic goes anywhere");
        }

        if (proxy.Port is null)
        {
            at["egressProxy"]["port"].Error("needs a port");
        }

        at["egressProxy"].NotActedOnYet();
    }
}
