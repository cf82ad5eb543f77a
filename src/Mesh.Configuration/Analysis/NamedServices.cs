using Mesh.Configuration.Istio;
using Mesh.Configuration.Naming;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// The services of the cluster that rules and routes name. They tell whether the documents hold the cluster's services at all: a folder that
/// misses more of them than it declares is a part of something, and a host that is not in it may well exist.
/// </summary>
internal static class NamedServices
{
    /// <summary>True when the documents declare at least as many services as their rules name in vain.</summary>
    public static bool AreDeclared(AnalysisInput input)
    {
        var declared = input.Hosts.All
            .Where(static s => s.Namespace.Length > 0 && s.Document is not { IsAssumed: true } && s.Document?.Kind != DocumentKind.ServiceEntry)
            .Select(static s => s.Host)
            .ToHashSet(StringComparer.Ordinal);
        var known = input.Hosts.All.Select(static s => s.Host).ToHashSet(StringComparer.Ordinal);
        return Of(input).Count(host => !known.Contains(host)) <= declared.Count;
    }

    private static HashSet<string> Of(AnalysisInput input)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        void Add(string? host, string @namespace)
        {
            if (host is { Length: > 0 } && input.Hosts.Expand(host, @namespace) is var full && !HostName.IsWildcard(full)
                && ServiceAliases.TrySplit(full, input.MeshConfig.ClusterDomain, out _, out _))
            {
                named.Add(full);
            }
        }

        foreach (var rule in input.VirtualServices)
        {
            foreach (var host in VirtualServiceIndex.OnMesh(rule.Spec.Gateways) ? rule.Spec.Hosts : [])
            {
                Add(host, rule.Namespace);
            }

            foreach (var (_, destination, _) in RouteDestinations.Of(rule.Spec))
            {
                Add(destination.Host, rule.Namespace);
            }
        }

        foreach (var rule in input.DestinationRules)
        {
            Add(rule.Spec.Host, rule.Namespace);
        }

        foreach (var route in (IEnumerable<AnalysisDocument>)[.. input.OfKind(DocumentKind.HttpRoute), .. input.OfKind(DocumentKind.GrpcRoute)])
        {
            var references = route.Part("spec").List("rules").SelectMany(static r => r.List("backendRefs"))
                .Concat(route.Part("spec").List("parentRefs").Where(static p => p.Text("kind") == "Service"));
            foreach (var reference in references.Where(static r => r.Text("kind") is null or "Service"))
            {
                Add(reference.Text("name"), reference.Text("namespace") ?? route.Namespace);
            }
        }

        return named;
    }
}
