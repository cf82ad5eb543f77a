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
        for (var i = 0; i < spec.Egress.Count; i++)
        {
            var listener = spec.Egress[i];
            if (listener.Port is not { } port)
            {
                if (i < spec.Egress.Count - 1)
                {
                    at[i].Error("the egress listener with empty port should be the last listener in the list; move it, or merge their hosts");
                }
            }
            else
            {
                EgressPort(at[i], listener, port);
                if (port.Number == 0 ? !binds.Add(listener.Bind ?? "") : !ports.Add(port.Number))
                {
                    at[i]["port"].Error("another listener has this port or address; merge their hosts");
                }
            }

            if (listener.Bind is not null)
            {
                at[i]["bind"].HasNoEffect("there is no listener in process");
            }

            if (listener.CaptureMode is not null)
            {
                at[i]["captureMode"].HasNoEffect("traffic is not captured in process");
            }

            SidecarHosts.Validate(at[i]["hosts"], listener.Hosts);
        }
    }

    private static void EgressPort(FieldScope at, IstioEgressListenerSpec listener, SidecarPortSpec port)
    {
        Port(at["port"], port);
        var isUnix = listener.Bind is { } bind && WorkloadEntryValidator.IsUnixPath(bind);
        if (port.Number == 0)
        {
            if (!isUnix)
            {
                at["port"].Error("a port of 0 needs a 'bind' of the form unix:///path; name the port, or bind to a socket");
            }
            else
            {
                at["bind"].ErrorIf(WorkloadEntryValidator.CheckUnixPath(listener.Bind!));
            }

            if (listener.CaptureMode is CaptureMode.IpTables)
            {
                at["captureMode"].Error("captureMode must be DEFAULT/NONE for unix domain socket listeners");
            }
        }
        else if (listener.Bind is not null)
        {
            at["bind"].ErrorIf(IpText.CheckAddress(listener.Bind));
        }
    }

    private static void Port(FieldScope at, SidecarPortSpec port)
    {
        if (port.Name is not null)
        {
            at["name"].PortName(port.Name);
        }

        if (port.Protocol is { } protocol && !ProtocolName.IsKnown(protocol))
        {
            at["protocol"].Error($"'{protocol}' is not a protocol; use HTTP, HTTP2, HTTPS, GRPC, GRPC-WEB, TCP, TLS or MONGO");
        }

        if (port.TargetPort is > 0)
        {
            at["targetPort"].Error("targetPort has no impact on Sidecars; remove it");
        }

        if (port.Number != 0)
        {
            at["number"].Port(port.Number);
        }
    }

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
                Port(at[i]["port"], port);
                at[i]["port"]["number"].Port(port.Number);
                if (listener.Bind is not null)
                {
                    at[i]["bind"].ErrorIf(IpText.CheckAddress(listener.Bind));
                }

                if (!ports.Add(port.Number))
                {
                    at[i]["port"].Error($"another listener has port {port.Number}");
                }
            }

            if (listener.ConnectionPool is not null)
            {
                ConnectionPoolValidator.Validate(at[i]["connectionPool"], listener.ConnectionPool);
                if (listener.ConnectionPool.Http is not null && listener.Port is { } limited && !ProtocolName.IsHttp(limited.Protocol))
                {
                    at[i]["connectionPool"]["http"].Warning($"the port speaks {limited.Protocol ?? "an unknown protocol"}, not HTTP; only 'tcp' settings will apply");
                }
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
            at.Advice("needs a port that speaks HTTPS or TLS");
        }
    }

    private static bool IsLocal(string endpoint)
    {
        if (WorkloadEntryValidator.IsUnixPath(endpoint))
        {
            return WorkloadEntryValidator.CheckUnixPath(endpoint) is null;
        }

        var colon = endpoint.LastIndexOf(':');
        return colon >= 0 && endpoint[..colon] is "" or "127.0.0.1" or "0.0.0.0" or "[::1]" or "[::]"
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
        at["egressProxy"]["host"].ErrorIf(proxy.Host.StartsWith('*') ? DnsName.CheckHost(proxy.Host) : null);
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
