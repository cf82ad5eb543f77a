using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>What Istio's admission check says of a Gateway by itself. A Gateway acts in a gateway process, which is said once.</summary>
internal static class GatewayValidator
{
    public static void Validate(ConfigDocument document, ProblemSink problems)
    {
        var spec = (GatewaySpec)document.Spec;
        var at = FieldScope.Spec(document, problems);
        at.HasNoEffect("a Gateway describes listeners of a gateway process, not of a calling one");
        if (spec.Servers.Count == 0)
        {
            at["servers"].Error("a gateway needs at least one server");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Servers.Count; i++)
        {
            Server(at["servers"][i], spec.Servers[i]);
            if (spec.Servers[i].Port?.Name is { } name && !names.Add(name))
            {
                at["servers"][i]["port"]["name"].Error($"another port is called '{name}'");
            }
        }
    }

    private static void Server(FieldScope at, GatewayServerSpec server)
    {
        if (server.Hosts.Count == 0)
        {
            at["hosts"].Error("exposes no host; add one, or '*'");
        }

        for (var i = 0; i < server.Hosts.Count; i++)
        {
            at["hosts"][i].ErrorIf(CheckHost(server.Hosts[i]));
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

        var isTls = protocol.ToUpperInvariant() is "HTTPS" or "TLS";
        if (isTls && server.Tls is null)
        {
            at["tls"].Error($"a port that speaks {protocol} needs 'tls'");
        }
        else if (!isTls && server.Tls is { HttpsRedirect: not true, Mode: not null })
        {
            at["tls"].Warning($"a port that speaks {protocol} does not use 'tls'; use HTTPS");
        }
    }

    private static string? CheckHost(string host)
    {
        var slash = host.IndexOf('/');
        if (slash >= 0 && host[..slash] is not ("*" or "." or "~") && !DnsName.IsLabel(host.AsSpan(0, slash)))
        {
            return $"'{host}': '{host[..slash]}' is not a namespace; write '.', '*' or the name of one";
        }

        return DnsName.CheckWildcardHost(host[(slash + 1)..]);
    }
}
