using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Attaches routes to the listeners of Gateways and of ListenerSets. A parent has its own listeners only: a route on a Gateway is not on those
/// that sets add to it. A route is taken when name and port select the listener, the listener admits the route's
/// kind and namespace, and both have a host in common; one listener is enough. Namespaces are ruled by <c>allowedRoutes</c> alone, never by
/// a ReferenceGrant. HTTPRoutes and GRPCRoutes never share a host of a listener: the older one has it. Source: GATEWAY_API §2, §4.
/// </summary>
internal sealed class GatewayAttacher(GatewayDocuments documents)
{
    private readonly GatewayIndex _index = new(documents);

    /// <summary>In the order of age.</summary>
    public IReadOnlyList<GatewayAttachment> Gateways => _index.Gateways;

    /// <summary>In the order of age.</summary>
    public IReadOnlyList<ListenerSetAttachment> ListenerSets => _index.ListenerSets;

    /// <summary>Parents that a route does not name: the default gateways, for routes that ask for them.</summary>
    public IEnumerable<ParentReferenceSpec> DefaultParents(RouteSource route) => !route.UsesDefaultGateways ? [] : Gateways
        .Where(static g => g.Gateway.Spec.DefaultScope is DefaultScope.All)
        .Where(g => !route.ParentRefs.Any(p => p.Kind == "Gateway" && p.Name == g.Gateway.Name && (p.Namespace ?? route.Namespace) == g.Gateway.Namespace))
        .Select(static g => new ParentReferenceSpec { Name = g.Gateway.Name, Namespace = g.Gateway.Namespace });

    /// <summary>Attaches a route; routes must come older first.</summary>
    public ParentAttachment Attach(RouteSource route, ParentAttachment parent)
    {
        var set = parent.Target == ParentTarget.ListenerSet ? _index.ListenerSet(parent.Namespace, parent.Reference.Name) : null;
        var gateway = parent.Target == ParentTarget.ListenerSet ? set?.Gateway : _index.Gateway(parent.Namespace, parent.Reference.Name);
        if (set is null && gateway is null)
        {
            return parent with { Reason = AcceptedReason.NoMatchingParent, Message = $"there is no {parent.Reference.Kind} {parent.Namespace}/{parent.Reference.Name}" };
        }

        parent = parent with { Exists = true, Gateway = gateway is null ? null : (gateway.Gateway.Namespace, gateway.Gateway.Name) };
        if (set is { IsAllowed: false })
        {
            return parent with { Reason = AcceptedReason.NoMatchingParent, Message = $"ListenerSet {parent.Namespace}/{parent.Reference.Name} adds no listeners to its Gateway" };
        }

        var reason = AcceptedReason.NoMatchingParent;
        var accepted = new List<string>();
        foreach (var listener in set?.Listeners ?? gateway!.Listeners)
        {
            if (!IsSelected(listener.Spec, parent.Reference))
            {
                continue;
            }

            var outcome = Attach(route, listener, parent.Namespace);
            if (outcome is null)
            {
                accepted.Add(listener.Spec.Name);
            }
            else
            {
                reason = Later(reason, outcome);
            }
        }

        return accepted.Count > 0
            ? parent with { IsAccepted = true, Listeners = accepted.ToModelList() }
            : parent with { Reason = reason, Message = Explain(reason, parent) };
    }

    /// <summary>Null when the listener took the route.</summary>
    private string? Attach(RouteSource route, ListenerAttachment listener, string @namespace)
    {
        if (!listener.SupportedKinds.Contains(route.Kind.ToString()) || !AdmitsNamespace(listener.Spec, @namespace, route.Namespace))
        {
            return AcceptedReason.NotAllowedByListeners;
        }

        var hostnames = HostnameIntersection.Of(listener.Spec.Hostname, route.Hostnames);
        if (hostnames.Count == 0)
        {
            return AcceptedReason.NoMatchingListenerHostname;
        }

        if (listener.Routes.Exists(other => other.Route.Kind != route.Kind && HostnameIntersection.Overlaps(other.Hostnames, hostnames)))
        {
            return AcceptedReason.Conflicted;
        }

        // Two parentRefs may select the same listener.
        if (!listener.Routes.Exists(other => ReferenceEquals(other.Route, route)))
        {
            listener.Routes.Add(new AttachedRoute(route, hostnames));
        }

        return null;
    }

    private static bool IsSelected(ListenerSpec listener, ParentReferenceSpec reference) =>
        (reference.SectionName is null or "" || reference.SectionName == listener.Name) && (reference.Port is null || reference.Port == listener.Port);

    /// <param name="listener">The listener.</param>
    /// <param name="own">Namespace of the Gateway or ListenerSet it is of.</param>
    /// <param name="other">Namespace of the route.</param>
    private bool AdmitsNamespace(ListenerSpec listener, string own, string other) => listener.AllowedRoutes.Namespaces.From switch
    {
        NamespacesFrom.All => true,
        NamespacesFrom.Same => string.Equals(own, other, StringComparison.Ordinal),
        NamespacesFrom.Selector => LabelSelection.Selects(listener.AllowedRoutes.Namespaces.Selector, documents.LabelsOf(other)),
        _ => false,
    };

    // The nearer a route came to being taken, the more its reason says.
    private static string Later(string left, string right) => Order(left) >= Order(right) ? left : right;

    private static int Order(string reason) => reason switch
    {
        AcceptedReason.NotAllowedByListeners => 1,
        AcceptedReason.NoMatchingListenerHostname => 2,
        AcceptedReason.Conflicted => 3,
        _ => 0,
    };

    private static string Explain(string reason, ParentAttachment parent) => reason switch
    {
        AcceptedReason.NotAllowedByListeners => $"no listener of {parent.Reference.Kind} {parent.Namespace}/{parent.Reference.Name} admits the kind and namespace of the route; see its allowedRoutes",
        AcceptedReason.NoMatchingListenerHostname => $"the route has no host in common with the listeners of {parent.Reference.Kind} {parent.Namespace}/{parent.Reference.Name}",
        AcceptedReason.Conflicted => $"a route of the other kind that is older has the same host on {parent.Reference.Kind} {parent.Namespace}/{parent.Reference.Name}",
        _ => $"{parent.Reference.Kind} {parent.Namespace}/{parent.Reference.Name} has no listener of that sectionName and port",
    };
}
