using System.Globalization;
using Mesh.Configuration.Registry;

namespace Mesh.Configuration.GatewayApi;

/// <summary>A route on a Service.</summary>
/// <param name="Route">The route.</param>
/// <param name="Port">The Service port it is for; null: every port.</param>
/// <param name="IsProducer">True when it is of the Service's own namespace and thus for all callers; false: for callers of the route's namespace.</param>
internal sealed record ServiceRoute(RouteSource Route, int? Port, bool IsProducer);

/// <summary>
/// Attaches routes to Services, whose callers they then route. A Service port has one kind of route: a GRPCRoute beats an HTTPRoute, that a TLSRoute, that a TCPRoute, within
/// one namespace of routes. Parents may be every service of the registry, headless ones too: in process a call is known by the name it
/// dials. Source: GATEWAY_API §10, GEP-1294.
/// </summary>
internal sealed class ServiceAttacher(ServiceRegistry registry)
{
    private readonly Dictionary<string, List<ServiceRoute>> _byService = new(StringComparer.Ordinal);

    /// <summary>The routes of a service, older first; empty when it has none.</summary>
    public IReadOnlyList<ServiceRoute> Routes(string service) => _byService.GetValueOrDefault(service) ?? (IReadOnlyList<ServiceRoute>)[];

    /// <summary>Services with routes.</summary>
    public IEnumerable<string> Services => _byService.Keys;

    public ParentAttachment Attach(RouteSource route, ParentAttachment parent)
    {
        if (!registry.TryGet(registry.FullName(parent.Reference.Name, parent.Namespace), out var service))
        {
            return parent with { Reason = AcceptedReason.NoMatchingParent, Message = $"there is no Service {parent.Namespace}/{parent.Reference.Name}" };
        }

        parent = parent with { Exists = true };
        if (!TryPort(service, parent.Reference, out var port))
        {
            return parent with { Reason = AcceptedReason.NoMatchingParent, Message = $"Service {parent.Namespace}/{parent.Reference.Name} has no port of that sectionName and port" };
        }

        if (!_byService.TryGetValue(service.Name, out var routes))
        {
            _byService[service.Name] = routes = [];
        }

        if (!routes.Exists(other => ReferenceEquals(other.Route, route) && other.Port == port))
        {
            routes.Add(new ServiceRoute(route, port, string.Equals(route.Namespace, service.Namespace, StringComparison.Ordinal)));
        }

        return parent with { IsAccepted = true };
    }

    /// <summary>
    /// Takes back what lost to a kind of higher rank; to be called when all routes are attached. A route for every port stays where no
    /// other kind claims the port.
    /// </summary>
    public ParentAttachment Settle(RouteSource route, ParentAttachment parent)
    {
        var name = registry.FullName(parent.Reference.Name, parent.Namespace);
        if (!parent.IsAccepted || route.Kind is RouteKind.GRPCRoute or RouteKind.UDPRoute || !registry.TryGet(name, out var service) || !TryPort(service, parent.Reference, out var port))
        {
            return parent;
        }

        var rivals = Routes(service.Name).Where(r => r.Route.Kind > route.Kind && r.Route.Namespace == route.Namespace).ToArray();
        var lost = Array.Exists(rivals, r => r.Port is null || r.Port == port)
            || (port is null && service.Ports.Count > 0 && service.Ports.All(p => Array.Exists(rivals, r => r.Port == p.Number)));
        return !lost ? parent : parent with
        {
            IsAccepted = false,
            Reason = AcceptedReason.Conflicted,
            Message = string.Create(CultureInfo.InvariantCulture, $"a {rivals[0].Route.Kind} has the same port of Service {parent.Namespace}/{parent.Reference.Name}, and {rivals[0].Route.Kind}s go before {route.Kind}s"),
        };
    }

    private static bool TryPort(RegisteredService service, ParentReferenceSpec reference, out int? number)
    {
        number = reference.Port;
        if (reference.SectionName is { Length: > 0 } section)
        {
            foreach (var port in service.Ports)
            {
                if (port.Name == section && (number is null || number == port.Number))
                {
                    number = port.Number;
                    return true;
                }
            }

            return false;
        }

        return number is null || service.Ports.Count == 0 || service.HasPort(number.Value);
    }
}
