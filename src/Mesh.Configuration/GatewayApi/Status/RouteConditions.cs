using System.Globalization;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Conditions of a route under each of its parents. Whether references resolve is judged whether the parent accepted the route or not, and a
/// broken backend leaves it accepted: only its share of requests fails. Source: GATEWAY_API §15.
/// </summary>
internal static class RouteConditions
{
    private const string UnsupportedValue = "UnsupportedValue";

    public static ObjectStatus Of(RouteAttachment attachment)
    {
        var document = attachment.Route.Document;
        var dropped = UnsupportedRules.Of(attachment.Route);
        var extensions = ExtensionReferences.Of(attachment.Route);
        return StatusTable.Begin(document) with
        {
            Parents = [.. attachment.Parents.Where(static p => p.Exists).Select(p => new ParentStatus(Name(p), Conditions(attachment.Route, p, dropped, extensions)))],
            Missing =
            [
                .. attachment.Parents.Where(static p => !p.Exists).Select(p =>
                {
                    var path = p.Index < 0 ? "spec.useDefaultGateways" : string.Create(CultureInfo.InvariantCulture, $"spec.parentRefs[{p.Index}]");
                    return new MissingObject(path, Name(p), p.Message, document.PositionOf(path).Line);
                }),
            ],
        };
    }

    private static ModelList<Condition> Conditions(RouteSource route, ParentAttachment parent, ModelList<UnsupportedRule> dropped, ModelList<UnresolvedReference> extensions)
    {
        var conditions = new ConditionList(route.Document.Metadata.Generation);
        var allDropped = route.Rules.Count > 0 && route.Rules.All(rule => dropped.Any(d => d.Rule == rule.Index && d.IsWhole));
        conditions.Add(ConditionType.Accepted, !parent.IsAccepted ? new Fault(parent.Reason, parent.Message) : allDropped ? new Fault(UnsupportedValue, Sentence(dropped)) : null);

        var unresolved = parent.Unresolved.Concat(extensions).ToArray();
        conditions.Add(ConditionType.ResolvedRefs, unresolved.Length == 0 ? null : new Fault(unresolved[0].Reason, string.Join("; ", unresolved.Select(static u => $"{u.Path}: {u.Message}"))));
        if (parent.IsAccepted && !allDropped && dropped.Count > 0)
        {
            conditions.AddTrue(ConditionType.PartiallyInvalid, UnsupportedValue, "Dropped Rule: " + Sentence(dropped));
        }

        return conditions.ToModelList();
    }

    private static string Sentence(ModelList<UnsupportedRule> rules) => string.Join("; ", rules.Select(static r => $"{r.Path}: {r.Message}"));

    private static ParentName Name(ParentAttachment parent) =>
        new(parent.Reference.Group, parent.Reference.Kind, parent.Namespace, parent.Reference.Name, parent.Reference.SectionName, parent.Reference.Port);
}
