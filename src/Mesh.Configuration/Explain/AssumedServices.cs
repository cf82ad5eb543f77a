using Mesh.Configuration.Istio;
using Mesh.Configuration.Kubernetes;
using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Sources;
using Mesh.Model;

namespace Mesh.Configuration.Explain;

/// <summary>
/// Services that routing documents name and no document declares. A repository of routing rules seldom holds the services, too; a tool that takes them for
/// missing would answer every question with 503. Where the documents do declare Kubernetes services, they are taken to declare all of them, but for those that
/// have a DestinationRule: nobody writes a policy for a service that is not there.
/// </summary>
internal static class AssumedServices
{
    /// <summary>Documents that stand for services without endpoints of their own, which serve whatever port is asked.</summary>
    /// <param name="documents">What is written.</param>
    /// <param name="workload">Whose namespace short names in <paramref name="given"/> belong to.</param>
    /// <param name="given">Names of services that are there although no document says so.</param>
    /// <param name="guess">True adds what the documents name.</param>
    public static IReadOnlyList<ConfigDocument> Of(IReadOnlyList<ConfigDocument> documents, Workload workload, IReadOnlyList<string> given, bool guess)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        names.UnionWith(given.Select(name => FullName(name, workload.Namespace, workload)));
        var isComplete = documents.Any(static d => d.Spec is ServiceSpec);
        foreach (var document in documents)
        {
            if (guess && (!isComplete || document.Spec is DestinationRuleSpec))
            {
                names.UnionWith(HostsIn(document.Spec)
                    .Select(host => FullName(host, document.Metadata.Namespace, workload))
                    .Where(host => ServiceAliases.TrySplit(host, workload.DomainSuffix, out _, out _)));
            }
        }

        if (guess && !isComplete)
        {
            names.UnionWith(NamedByRoutes(documents, workload));
        }

        return [.. names.Select(Document)];
    }

    /// <summary>Services that routes of the Gateway API are attached to or send to.</summary>
    private static IEnumerable<string> NamedByRoutes(IReadOnlyList<ConfigDocument> documents, Workload workload)
    {
        foreach (var route in GatewayApi.GatewayDocuments.Of(documents).Routes)
        {
            foreach (var parent in route.ParentRefs)
            {
                if (parent.Kind == "Service")
                {
                    yield return ServiceAliases.FullName(parent.Name, parent.Namespace ?? route.Namespace, workload.DomainSuffix);
                }
            }

            foreach (var backend in route.Rules.SelectMany(static rule => rule.BackendRefs))
            {
                if (backend.Kind == "Service")
                {
                    yield return ServiceAliases.FullName(backend.Name, backend.Namespace ?? route.Namespace, workload.DomainSuffix);
                }
            }
        }
    }

    private static string FullName(string host, string @namespace, Workload workload) =>
        HostName.Expand(host, @namespace, workload.DomainSuffix).ToLowerInvariant();

    private static ConfigDocument Document(string name) => new()
    {
        ApiVersion = "",
        Kind = DiscoveredServiceSpec.Kind,
        Metadata = new ObjectMetadata { Name = name },
        Spec = new DiscoveredServiceSpec { Name = name },
        Origin = new ConfigOrigin(DiscoveredServiceSpec.Kind, "", name),
        SourceName = "assumed",
    };

    private static IEnumerable<string> HostsIn(object spec) => spec switch
    {
        DestinationRuleSpec rule => [rule.Host],
        VirtualServiceSpec routes => routes.Hosts.Concat(routes.Http.SelectMany(HostsIn)),
        _ => [],
    };

    private static IEnumerable<string> HostsIn(HTTPRouteSpec rule)
    {
        foreach (var destination in rule.Route)
        {
            yield return destination.Destination.Host;
        }

        if (rule.Mirror is not null)
        {
            yield return rule.Mirror.Host;
        }

        foreach (var mirror in rule.Mirrors)
        {
            yield return mirror.Destination.Host;
        }
    }
}
