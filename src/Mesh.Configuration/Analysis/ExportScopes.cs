using Mesh.Model;

namespace Mesh.Configuration.Analysis;

/// <summary>The namespaces that may see a document. Source: Istio exportTo.</summary>
internal static class ExportScopes
{
    /// <summary>The scope of what everybody may see.</summary>
    public const string Everywhere = "*";

    /// <summary>The scope of what nobody may see.</summary>
    public const string Nowhere = "~";

    /// <summary>The scopes of an exportTo: <c>*</c> alone, or namespaces.</summary>
    public static IReadOnlyList<string> Of(ModelList<string> exportTo, string @namespace)
    {
        if (exportTo.Count == 0 || exportTo.Contains(Everywhere))
        {
            return [Everywhere];
        }

        var scopes = new List<string>(exportTo.Count);
        foreach (var entry in exportTo)
        {
            var scope = entry == "." ? @namespace : entry;
            if (!scopes.Contains(scope))
            {
                scopes.Add(scope);
            }
        }

        return scopes;
    }
}
