using Mesh.Configuration.Reading;

namespace Mesh.Configuration.GatewayApi;

/// <summary>What an API server lets pass in a route, and what is most likely not meant. Each document by itself: whether parents exist is for the attachment.</summary>
internal static class RouteChecks
{
    public static void Validate(ConfigDocument document, ProblemSink problems)
    {
        var route = document.Spec is HTTPRouteSpec http ? RouteSource.Of(document, http) : RouteSource.Of(document, (GRPCRouteSpec)document.Spec);
        var at = FieldScope.Spec(document, problems);
        for (var i = 0; i < route.ParentRefs.Count; i++)
        {
            // A mesh says so where it attaches routes.
            if (problems.Purpose == ReadingPurpose.Admission && route.ParentRefs[i] is { Kind: "Service", Group: not GatewayApiGroup.Core } parent)
            {
                at["parentRefs"][i].Warning($"no route is attached here: a Service as parent needs group: \"\" spelled out; the group is '{parent.Group}'");
            }
        }

        if (route.Hostnames.Count > 0 && route.ParentRefs.Count > 0 && route.ParentRefs.All(static p => p is { Group: GatewayApiGroup.Core, Kind: "Service" }))
        {
            at["hostnames"].Warning("have no effect at a Service, whose callers are known by the Service they call; remove them");
        }

        foreach (var rule in UnsupportedRules.Of(route))
        {
            problems.Warning(rule.Path, document.PositionOf(rule.Path), rule.Message);
        }
    }
}
