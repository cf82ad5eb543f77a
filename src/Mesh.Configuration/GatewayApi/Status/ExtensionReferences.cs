using System.Globalization;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Filters of other implementations: none is known here, so each is a reference of an unknown kind. Requests are answered with an error, the filter is never skipped.</summary>
internal static class ExtensionReferences
{
    public static ModelList<UnresolvedReference> Of(RouteSource route)
    {
        var found = new List<UnresolvedReference>();
        foreach (var rule in route.Rules)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"spec.rules[{rule.Index}]");
            Add(rule.Filters, at, found);
            for (var i = 0; i < rule.BackendRefs.Count; i++)
            {
                Add(rule.BackendRefs[i].Filters, string.Create(CultureInfo.InvariantCulture, $"{at}.backendRefs[{i}]"), found);
            }
        }

        return found.ToModelList();
    }

    private static void Add(ModelList<HTTPRouteFilterSpec> filters, string at, List<UnresolvedReference> found)
    {
        for (var i = 0; i < filters.Count; i++)
        {
            if (filters[i].ExtensionRef is { } reference)
            {
                found.Add(new(string.Create(CultureInfo.InvariantCulture, $"{at}.filters[{i}].extensionRef"), BackendResolver.InvalidKind, $"filters of kind {reference.Group}/{reference.Kind} are not known"));
            }
        }
    }
}
