using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>What Istio's admission check says of a VirtualService by itself.</summary>
internal static class VirtualServiceValidator
{
    public const string MeshGateway = "mesh";

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
        if (spec.Http.Count + spec.Tls.Count + spec.Tcp.Count == 0)
        {
            at.Error("no rules; add 'http'");
        }

        for (var i = 0; i < spec.Http.Count; i++)
        {
            HTTPRouteValidator.Validate(at["http"][i], spec.Http[i], isDelegate);
        }

        RuleNames(at["http"], spec.Http);
        UnreachableRules.Warn(at["http"], spec.Http);
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
        var onMesh = spec.Gateways.Count == 0 || spec.Gateways.Contains(MeshGateway);
        for (var i = 0; i < spec.Hosts.Count; i++)
        {
            var host = spec.Hosts[i];
            if (host == "*" && onMesh)
            {
                at[i].Error("'*' is only allowed on a gateway; name the hosts, or set 'gateways' without 'mesh'");
                continue;
            }

            at[i].ErrorIf(DnsName.CheckWildcardHost(host));
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
        for (var i = 0; i < gateways.Count; i++)
        {
            at[i].ErrorIf(CheckGateway(gateways[i]));
        }
    }

    /// <summary>Gateways are written <c>name</c>, <c>namespace/name</c> or, in old documents, <c>name.namespace.svc…</c>.</summary>
    public static string? CheckGateway(string gateway)
    {
        var slash = gateway.IndexOf('/');
        var name = gateway[(slash + 1)..];
        return gateway.Length == 0 || (slash >= 0 && !DnsName.IsLabel(gateway.AsSpan(0, slash))) || DnsName.CheckHost(name) is not null
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
                at[i]["name"].Warning($"another rule is called '{name}'; telemetry cannot tell them apart");
            }
        }
    }
}
