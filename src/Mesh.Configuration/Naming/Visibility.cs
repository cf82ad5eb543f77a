using Mesh.Model;

namespace Mesh.Configuration.Naming;

/// <summary>Who may see a document. Source: Istio exportTo: <c>.</c> its own namespace, <c>*</c> all, <c>~</c> none, else names; empty means all.</summary>
internal static class Visibility
{
    /// <summary>The same, with the mesh's default for a document that says nothing.</summary>
    public static bool IsVisible(ModelList<string> exportTo, ModelList<string> otherwise, string owner, string viewer) =>
        IsVisible(exportTo.Count > 0 ? exportTo : otherwise, owner, viewer);

    public static bool IsVisible(ModelList<string> exportTo, string owner, string viewer)
    {
        if (exportTo.Count == 0)
        {
            return true;
        }

        foreach (var entry in exportTo)
        {
            if (entry == "*" || (entry == "." && string.Equals(owner, viewer, StringComparison.Ordinal)) || string.Equals(entry, viewer, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
