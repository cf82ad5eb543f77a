using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>What Istio's admission check says of a VirtualService by itself.</summary>
internal static class VirtualServiceValidator
{
    public const string MeshGateway = "mesh";

    private const string SemanticsAnnotation = "internal.istio.io/route-semantics";

    public static void Validate(ConfigDocument document, ProblemSink problems)
    {
        var spec = (VirtualServiceSpec)document.Spec;
        var at = FieldScope.Spec(document, problems);
        var isDelegate = spec.Hosts.Count == 0;
        if (isDelegate)
        {
            Delegate(at, spec);
        }
        else
        {
            Hosts(at["hosts"], spec);
        }

        Gateways(at["gateways"], spec.Gateways);
        if (!IsForGateways(spec))
        {
            ClaimRoutes(at["http"], spec);
        }

        if (spec.Http.Count + spec.Tls.Count + spec.Tcp.Count == 0)
        {
            at.Error("no rules; add 'http'");
        }

        for (var i = 0; i < spec.Http.Count; i++)
        {
            HTTPRouteValidator.Validate(at["http"][i], spec.Http[i], isDelegate);
        }

        RuleNames(at["http"], spec.Http);
        UnreachableRules.Warn(at, spec);
        L4RouteValidator.Validate(at, spec);
        at["exportTo"].ExportTo(spec.ExportTo, allowNone: false);
    }

    private static void Delegate(FieldScope at, VirtualServiceSpec spec)
    {
        if (spec.Gateways.Count > 0)
        {
            at["gateways"].Error("a VirtualService without hosts is a delegate and names no gateways; add 'hosts', or remove 'gateways'");
        }

        if (spec.Tls.Count + spec.Tcp.Count > 0)
        {
            at.Error("a VirtualService without hosts is a delegate and has only 'http' rules; add 'hosts', or remove the others");
        }
    }

    private static void Hosts(FieldScope at, VirtualServiceSpec spec)
    {
        var onMesh = !IsForGateways(spec);
        var byServerName = !onMesh && spec.Tls.Any(static t => t.Match.Any(static m => m.SniHosts.Count > 0));
        for (var i = 0; i < spec.Hosts.Count; i++)
        {
            var host = spec.Hosts[i];
            if (host == "*" && onMesh)
            {
                at[i].Error("'*' is only allowed on a gateway; name the hosts, or set 'gateways' without 'mesh'");
                continue;
            }

            if (!IpText.IsAddress(host))
            {
                at[i].ErrorIf(CheckHost(host, byServerName));
            }

            for (var j = 0; j < i; j++)
            {
                if (HostName.Overlaps(host, spec.Hosts[j]))
                {
                    at[i].Error($"'{host}' and '{spec.Hosts[j]}' overlap; remove one of them");
                    break;
                }
            }
        }
    }

    private static void Gateways(FieldScope at, ModelList<string> gateways)
    {
        var isMade = IsMadeOfRoute(at.Document);
        for (var i = 0; i < gateways.Count; i++)
        {
            // A gateway that was made of a Gateway API document has a name that no one could write.
            if (!isMade || !gateways[i].Contains('/'))
            {
                Gateway(at[i], gateways[i]);
            }
            else if (!DnsName.IsLabel(gateways[i].AsSpan(0, gateways[i].IndexOf('/'))))
            {
                at[i].Error($"'{gateways[i]}' is not a gateway; write namespace/name");
            }
        }
    }

    /// <summary>True for a document that Istio made of a route of Gateway API, whose destinations it does not look at.</summary>
    public static bool IsMadeOfRoute(ConfigDocument document) =>
        document.Metadata.Annotations.TryGetValue(SemanticsAnnotation, out var semantics) && semantics == "gateway";

    /// <summary>True when the rules are for gateways only and not for the callers inside of the mesh.</summary>
    public static bool IsForGateways(VirtualServiceSpec spec) => spec.Gateways.Count > 0 && !spec.Gateways.Contains(MeshGateway);

    /// <summary>A host; where routes go by server name also a name that Istio makes for gateways between networks.</summary>
    public static string? CheckHost(string host, bool byServerName) =>
        byServerName && host.StartsWith("outbound_.", StringComparison.Ordinal) ? DnsName.CheckGeneratedServerName(host) : DnsName.CheckWildcardHost(host);

    /// <summary>A gateway's name, with a word on the old form.</summary>
    public static void Gateway(FieldScope at, string gateway)
    {
        at.ErrorIf(CheckGateway(gateway));
        if (LegacyForm(gateway) is { } legacy)
        {
            at.Warning(legacy);
        }
    }

    /// <summary>A gateway's name in a match for HTTP or TCP, where Istio keeps its word on the old form to itself.</summary>
    public static void MatchGateway(FieldScope at, string gateway)
    {
        at.ErrorIf(CheckGateway(gateway));
        if (LegacyForm(gateway) is { } legacy)
        {
            at.Advice(legacy);
        }
    }

    private static string? LegacyForm(string gateway) =>
        gateway.Contains('.') && !gateway.Contains('/') ? $"using legacy gatewayName format '{gateway}'; write namespace/name" : null;

    // Claims are known where tokens are checked before a route is chosen.
    private static void ClaimRoutes(FieldScope at, VirtualServiceSpec spec)
    {
        const string Claims = "@request.auth.claims";
        for (var i = 0; i < spec.Http.Count; i++)
        {
            for (var j = 0; j < spec.Http[i].Match.Count; j++)
            {
                var match = spec.Http[i].Match[j];
                foreach (var (name, _) in match.Headers.Concat(match.WithoutHeaders))
                {
                    if (name.StartsWith(Claims, StringComparison.OrdinalIgnoreCase) && name.Length > Claims.Length + 1 && name[Claims.Length] is '.' or '[')
                    {
                        at[i]["match"][j].Error($"JWT claim based routing (key: {name}) is only supported for gateway; name gateways, or remove it");
                    }
                }
            }
        }
    }

    /// <summary>Gateways are written <c>name</c>, <c>namespace/name</c> or, in old documents, <c>name.namespace.svc…</c>.</summary>
    public static string? CheckGateway(string gateway)
    {
        var slash = gateway.IndexOf('/');
        var name = gateway[(slash + 1)..];
        return (slash >= 0 ? !DnsName.IsLabel(gateway.AsSpan(0, slash)) || !DnsName.IsLabel(name) : DnsName.CheckHost(name) is not null)
            ? $"'{gateway}' is not a gateway; write its name, or namespace/name"
            : null;
    }

    private static void RuleNames(FieldScope at, ModelList<HTTPRouteSpec> rules)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i].Name is { } name && !seen.Add(name))
            {
                at[i]["name"].Advice($"another rule is called '{name}'; telemetry cannot tell them apart");
            }
        }
    }
}
