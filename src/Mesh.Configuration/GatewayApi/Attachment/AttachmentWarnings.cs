using System.Globalization;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Says what of the routes does not act, and why. They are no errors, because the other document may come later.</summary>
internal static class AttachmentWarnings
{
    public static void Warn(AttachmentTable table, IReadOnlyDictionary<string, ConfigOrigin> taken, ProblemSink problems)
    {
        foreach (var route in table.Routes)
        {
            var document = route.Route.Document;
            problems.Begin(document);
            foreach (var parent in route.Parents)
            {
                if (!parent.IsAccepted)
                {
                    var path = parent.Index < 0 ? "spec.useDefaultGateways" : string.Create(CultureInfo.InvariantCulture, $"spec.parentRefs[{parent.Index}]");
                    problems.Warning(path, document.PositionOf(path), $"the route is not attached here ({parent.Reason}): {parent.Message}");
                }
            }

            foreach (var reference in route.Parents.SelectMany(static p => p.Unresolved).Distinct())
            {
                problems.Warning(reference.Path, document.PositionOf(reference.Path), Consequence(reference));
            }
        }

        foreach (var (service, origin) in taken)
        {
            foreach (var route in table.RoutesOf(service).DistinctBy(static r => r.Route))
            {
                problems.Begin(route.Route.Document);
                problems.Warning("spec.parentRefs", route.Route.Document.PositionOf("spec.parentRefs"), $"has no effect on callers of {service}: {origin} routes it, and a VirtualService goes before routes; remove one of them");
            }
        }
    }

    private static string Consequence(UnresolvedReference reference) => reference.Path.EndsWith("requestMirror.backendRef", StringComparison.Ordinal)
        ? $"no copies are sent ({reference.Reason}): {reference.Message}"
        : $"its share of requests is answered with 500 ({reference.Reason}): {reference.Message}";
}
