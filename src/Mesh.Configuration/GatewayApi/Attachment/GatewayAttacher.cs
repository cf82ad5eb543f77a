using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Attaches routes to the listeners of Gateways. A route is taken when name and port select the listener, the listener admits the route's
/// kind and namespace, and both have a host in common; one listener is enough. Namespaces are ruled by <c>allowedRoutes</c> alone, never by
/// a ReferenceGrant. HTTPRoutes and GRPCRoutes never share a host of a listener: the older one has it. Source: GATEWAY_API §2, §4.
/// </summary>
internal sealed class GatewayAttacher
{
    private readonly GatewayDocuments _documents;
    private readonly Dictionary<(string, string), GatewayAttachment> _byName = [];

    public GatewayAttacher(GatewayDocuments documents)
    {
        _documents = documents;
        foreach (var gateway in documents.Gateways)
        {
            var listeners = gateway.Spec.Listeners;
            var attachment = new GatewayAttachment(gateway, [.. Enumerable.Range(0, listeners.Count).Select(i => new ListenerAttachment(listeners[i], ListenerConflicts.Of(listeners, i)))]);
            if (_byName.TryAdd((gateway.Namespace, gateway.Name), attachment))
            {
                Gateways.Add(attachment);
            }
        }
    }

    /// <summary>In the order of age.</summary>
    public List<GatewayAttachment> Gateways { get; } = [];

    /// <summary>Parents that a route does not name: the default gateways, for routes that ask for them.</summary>
    public IEnumerable<ParentReferenceSpec> DefaultParents(RouteSource route) => !route.UsesDefaultGateways ? [] : Gateways
        .Where(static g => g.Gateway.Spec.DefaultScope is DefaultScope.All)
        .Where(g => !route.ParentRefs.Any(p => p.Kind == "Gateway" && p.Name == g.Gateway.Name && (p.Namespace ?? route.Namespace) == g.Gateway.Namespace))
        .Select(static g => new ParentReferenceSpec { Name = g.Gateway.Name, Namespace = g.Gateway.Namespace });

    /// <summary>Attaches a route; routes must come older first.</summary>
    public ParentAttachment Attach(RouteSource route, ParentAttachment parent)
    {
        if (!_byName.TryGetValue((parent.Namespace, parent.Reference.Name), out var gateway))
        {
            return parent with { Reason = AcceptedReason.NoMatchingParent, Message = $"there is no Gateway {parent.Namespace}/{parent.Reference.Name}" };
        }

        parent = parent with { Exists = true };
        var reason = AcceptedReason.NoMatchingParent;
        var accepted = new List<string>();
        foreach (var listener in gateway.Listeners)
        {
            if (!IsSelected(listener.Spec, parent.Reference))
            {
                continue;
            }

            var outcome = Attach(route, listener, gateway.Gateway);
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
    private string? Attach(RouteSource route, ListenerAttachment listener, Typed<GatewaySpec> gateway)
    {
        if (!listener.SupportedKinds.Contains(route.Kind.ToString()) || !AdmitsNamespace(listener.Spec, gateway.Namespace, route.Namespace))
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

    private bool AdmitsNamespace(ListenerSpec listener, string own, string other) => listener.AllowedRoutes.Namespaces.From switch
    {
        NamespacesFrom.All => true,
        NamespacesFrom.Same => string.Equals(own, other, StringComparison.Ordinal),
        NamespacesFrom.Selector => LabelSelection.Selects(listener.AllowedRoutes.Namespaces.Selector, _documents.LabelsOf(other)),
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
        AcceptedReason.NotAllowedByListeners => $"no listener of Gateway {parent.Namespace}/{parent.Reference.Name} admits the kind and namespace of the route; see its allowedRoutes",
        AcceptedReason.NoMatchingListenerHostname => $"the route has no host in common with the listeners of Gateway {parent.Namespace}/{parent.Reference.Name}",
        AcceptedReason.Conflicted => $"a route of the other kind that is older has the same host on Gateway {parent.Namespace}/{parent.Reference.Name}",
        _ => $"Gateway {parent.Namespace}/{parent.Reference.Name} has no listener of that sectionName and port",
    };
}
