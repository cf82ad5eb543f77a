using System.Globalization;
using Mesh.Configuration.Registry;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Which route is attached where, which is refused and why, and which references lead nowhere. It looks at all documents, whoever the
/// workload is; rules are made of it, and so are conditions.
/// </summary>
internal sealed class AttachmentTable
{
    private readonly GatewayAttacher _gateways;
    private readonly ServiceAttacher _services;

    private AttachmentTable(GatewayDocuments documents, ServiceRegistry registry)
    {
        _gateways = new GatewayAttacher(documents);
        _services = new ServiceAttacher(registry);
        Resolver = new BackendResolver(registry, new GrantIndex(documents.ReferenceGrants));
    }

    /// <summary>Every route, older first.</summary>
    public IReadOnlyList<RouteAttachment> Routes { get; private set; } = [];

    /// <summary>Every Gateway, older first.</summary>
    public IReadOnlyList<GatewayAttachment> Gateways => _gateways.Gateways;

    /// <summary>Every ListenerSet, older first.</summary>
    public IReadOnlyList<ListenerSetAttachment> ListenerSets => _gateways.ListenerSets;

    public BackendResolver Resolver { get; }

    public static AttachmentTable Build(GatewayDocuments documents, ServiceRegistry registry)
    {
        var table = new AttachmentTable(documents, registry);
        var attached = documents.Routes.Select(route => (Route: route, Parents: table.Attach(route).ToList())).ToList();
        table.Routes = [.. attached.Select(a => new RouteAttachment(a.Route, [.. a.Parents.Select(p => p.Target == ParentTarget.Service ? table._services.Settle(a.Route, p) : p)]))];
        return table;
    }

    /// <summary>The routes of a service, older first.</summary>
    public IReadOnlyList<ServiceRoute> RoutesOf(string service) => _services.Routes(service);

    private IEnumerable<ParentAttachment> Attach(RouteSource route)
    {
        for (var i = 0; i < route.ParentRefs.Count; i++)
        {
            yield return Attach(route, i, route.ParentRefs[i]);
        }

        foreach (var parent in _gateways.DefaultParents(route))
        {
            yield return Attach(route, -1, parent);
        }
    }

    private ParentAttachment Attach(RouteSource route, int index, ParentReferenceSpec reference)
    {
        var target = (reference.Group, reference.Kind) switch
        {
            (GatewayApiGroup.Name, "Gateway") => ParentTarget.Gateway,
            (GatewayApiGroup.Name, "ListenerSet") => ParentTarget.ListenerSet,
            (GatewayApiGroup.Core, "Service") => ParentTarget.Service,
            _ => ParentTarget.Unknown,
        };
        var parent = new ParentAttachment
        {
            Index = index,
            Reference = reference,
            Namespace = reference.Namespace is { Length: > 0 } given ? given : route.Namespace,
            Target = target,
            Unresolved = Unresolved(route, target is ParentTarget.Gateway or ParentTarget.ListenerSet),
        };
        return target switch
        {
            ParentTarget.Gateway or ParentTarget.ListenerSet => _gateways.Attach(route, parent),
            ParentTarget.Service => _services.Attach(route, parent),
            _ => parent with
            {
                Reason = AcceptedReason.NoMatchingParent,
                Message = reference.Kind == "Service"
                    ? $"a Service as parent needs group: \"\" spelled out; the group is '{reference.Group}'"
                    : $"parents of kind {reference.Group}/{reference.Kind} are not supported; use a Gateway, a ListenerSet or a Service",
            },
        };
    }

    private ModelList<UnresolvedReference> Unresolved(RouteSource route, bool needsGrant)
    {
        var list = new List<UnresolvedReference>();
        foreach (var rule in route.Rules)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"spec.rules[{rule.Index}]");
            Mirrors(rule.Filters, at);
            for (var i = 0; i < rule.BackendRefs.Count; i++)
            {
                var path = string.Create(CultureInfo.InvariantCulture, $"{at}.backendRefs[{i}]");
                Add(rule.BackendRefs[i], path);
                Mirrors(rule.BackendRefs[i].Filters, path);
            }
        }

        return list.ToModelList();

        void Mirrors(ModelList<HTTPRouteFilterSpec> filters, string at)
        {
            for (var i = 0; i < filters.Count; i++)
            {
                if (filters[i].RequestMirror is { } mirror)
                {
                    Add(mirror.BackendRef, string.Create(CultureInfo.InvariantCulture, $"{at}.filters[{i}].requestMirror.backendRef"));
                }
            }
        }

        void Add(BackendObjectReferenceSpec reference, string path)
        {
            var resolved = Resolver.Resolve(reference, route.Kind.ToString(), route.Namespace, needsGrant);
            if (resolved.Reason is not null)
            {
                list.Add(new UnresolvedReference(path, resolved.Reason, resolved.Message!));
            }
        }
    }
}
