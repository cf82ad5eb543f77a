using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>What Istio's admission check says of a Gateway by itself. A Gateway acts in a gateway process, which is said once.</summary>
internal static class GatewayValidator
{
    private const string SemanticsAnnotation = "internal.istio.io/gateway-semantics";

    public static void Validate(ConfigDocument document, ProblemSink problems)
    {
        var spec = (GatewaySpec)document.Spec;
        var at = FieldScope.Spec(document, problems);
        at.HasNoEffect("a Gateway describes listeners of a gateway process, not of a calling one");
        var isMade = document.Metadata.Annotations.TryGetValue(SemanticsAnnotation, out var semantics) && semantics == "gateway";
        if (!isMade && !DnsName.IsLabel(document.Metadata.Name))
        {
            new FieldScope(document, problems, "metadata")["name"].Error($"invalid gateway name: '{document.Metadata.Name}'; use letters, digits and '-', at most 63");
        }

        if (spec.Servers.Count == 0)
        {
            at["servers"].Error("a gateway needs at least one server");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Servers.Count; i++)
        {
            Server(at["servers"][i], spec.Servers[i], isMade);
            if (spec.Servers[i].Port?.Name is { } name && !names.Add(name))
            {
                at["servers"][i]["port"]["name"].Error($"another port is called '{name}'");
            }
        }
    }

    private static void Server(FieldScope at, GatewayServerSpec server, bool isMade)
    {
        if (server.Hosts.Count == 0)
        {
            at["hosts"].Error("exposes no host; add one, or '*'");
        }

        for (var i = 0; i < server.Hosts.Count; i++)
        {
            at["hosts"][i].ExposedHost(server.Hosts[i], isMade);
        }

        Port(at, server);
        if (server.Tls is not null)
        {
            ServerTlsValidator.Validate(at["tls"], server.Tls);
        }

        if (server.DefaultEndpoint is not null)
        {
            at["defaultEndpoint"].HasNoEffect("Istio does not use it either");
        }
    }

    private static void Port(FieldScope at, GatewayServerSpec server)
    {
        if (server.Port is not { } port)
        {
            at["port"].Error("a server needs a port");
            return;
        }

        if (port.TargetPort is > 0)
        {
            at["port"]["targetPort"].Error("targetPort has no impact on Gateways; remove it");
        }

        if (server.Tls?.HttpsRedirect is true && !ProtocolName.IsHttp(port.Protocol))
        {
            at["tls"]["httpsRedirect"].Warning("tls.httpsRedirect should only be used with http servers; remove it");
        }

        Bind(at["bind"], server.Bind);
        var unix = server.Bind is { } bind && WorkloadEntryValidator.IsUnixPath(bind);
        if (unix && port.Number != 0)
        {
            at["port"]["number"].Error("a Unix socket has no port; remove the number");
        }
        else if (!unix)
        {
            at["port"]["number"].Port(port.Number);
        }

        if (port.Name is null)
        {
            at["port"]["name"].Error("a port needs a name");
        }

        if (port.Protocol is not { } protocol || !ProtocolName.IsKnown(protocol))
        {
            at["port"]["protocol"].Error("use HTTP, HTTP2, HTTPS, GRPC, GRPC-WEB, TCP, TLS or MONGO");
            return;
        }

        Tls(at["tls"], server.Tls, protocol);
    }

    private static void Bind(FieldScope at, string? bind)
    {
        if (bind is null)
        {
            return;
        }

        at.ErrorIf(WorkloadEntryValidator.IsUnixPath(bind) ? WorkloadEntryValidator.CheckUnixPath(bind) : IpText.CheckAddress(bind));
    }

    private static void Tls(FieldScope at, ServerTLSSettingsSpec? tls, string protocol)
    {
        var isTls = ProtocolName.IsTls(protocol);
        var isHttp = ProtocolName.IsHttp(protocol);
        if (isTls && tls is null)
        {
            at.Error("server must have TLS settings for HTTPS/TLS protocols; add 'tls'");
        }
        else if (!isTls && tls is not null && !(isHttp && IsPlain(tls)))
        {
            at.Error(isHttp
                ? "server cannot have TLS settings for plain text HTTP ports; keep httpsRedirect only, or use HTTPS"
                : "server cannot have TLS settings for non HTTPS/TLS ports; remove 'tls', or use TLS");
        }

    }

    // What may stand on a port without TLS: a redirect, and nothing that looks like certificates.
    private static bool IsPlain(ServerTLSSettingsSpec tls) =>
        tls is { Mode: null or ServerTLSMode.PassThrough or ServerTLSMode.AutoPassThrough, CaCertificates: null, PrivateKey: null, ServerCertificate: null, TlsCertificates.Count: 0 };
}
