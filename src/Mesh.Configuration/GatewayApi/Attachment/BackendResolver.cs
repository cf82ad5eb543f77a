using System.Globalization;
using Mesh.Configuration.Registry;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>A backend that was looked for.</summary>
/// <param name="Cluster">The cluster it is.</param>
/// <param name="Reason">Null when it may be used; else why not, as a reason of the condition <c>ResolvedRefs</c>.</param>
/// <param name="Message">The same in a sentence.</param>
internal readonly record struct ResolvedBackend(ClusterKey Cluster, string? Reason = null, string? Message = null);

/// <summary>
/// Finds the Service a reference means. Whether it may be used is asked before whether it is there, so that nobody learns what exists in a
/// namespace that grants nothing. In the mesh no grant is needed: a caller could call the Service itself. Source: GATEWAY_API §5, §10, §15.
/// </summary>
internal sealed class BackendResolver(ServiceRegistry registry, GrantIndex grants)
{
    public const string InvalidKind = "InvalidKind";
    public const string BackendNotFound = "BackendNotFound";
    public const string RefNotPermitted = "RefNotPermitted";

    // Istio's extension: a host of the registry, whatever declared it. It stands in no namespace, so there is nothing to grant.
    private const string HostnameGroup = "networking.istio.io";
    private const string HostnameKind = "Hostname";

    /// <param name="reference">The reference.</param>
    /// <param name="kind">Kind of the referring route.</param>
    /// <param name="namespace">Namespace of the referring route.</param>
    /// <param name="needsGrant">True for routes of a Gateway, false for those of a Service.</param>
    public ResolvedBackend Resolve(BackendObjectReferenceSpec reference, string kind, string @namespace, bool needsGrant)
    {
        var target = reference.Namespace is { Length: > 0 } given ? given : @namespace;
        var name = registry.FullName(reference.Name, target);
        var cluster = new ClusterKey(name, reference.Port ?? 0);
        if (reference is { Group: HostnameGroup, Kind: HostnameKind })
        {
            return Find(reference, reference.Name.ToLowerInvariant(), $"host {reference.Name}");
        }

        if (reference.Group != GatewayApiGroup.Core || reference.Kind != "Service")
        {
            return new(cluster, InvalidKind, $"backends of kind {(reference.Group.Length == 0 ? "" : reference.Group + "/")}{reference.Kind} are not supported; use a Service");
        }

        if (needsGrant && !grants.Allows(kind, @namespace, reference.Group, reference.Kind, target, reference.Name))
        {
            return new(cluster, RefNotPermitted, $"no ReferenceGrant in namespace {target} allows {kind}s of namespace {@namespace} to refer to Service {reference.Name}");
        }

        return Find(reference, name, $"Service {target}/{reference.Name}");
    }

    private ResolvedBackend Find(BackendObjectReferenceSpec reference, string name, string what)
    {
        if (!registry.TryGet(name, out var service))
        {
            return new(new ClusterKey(name, reference.Port ?? 0), BackendNotFound, $"there is no {what}");
        }

        // The registry's own text is shared by all rules.
        var cluster = new ClusterKey(service.Name, reference.Port ?? service.OnlyPort ?? 0);
        return cluster.Port != 0 && service.Ports.Count > 0 && !service.HasPort(cluster.Port)
            ? new(cluster, BackendNotFound, string.Create(CultureInfo.InvariantCulture, $"{what} has no port {cluster.Port}; it has {string.Join(", ", service.Ports.Select(static p => p.Number))}"))
            : new(cluster);
    }
}
