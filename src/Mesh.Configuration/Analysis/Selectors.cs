using Mesh.Model;

namespace Mesh.Configuration.Analysis;

/// <summary>Selectors as messages show them and as they contain each other.</summary>
internal static class Selectors
{
    /// <summary><c>app=reviews,version=v2</c>.</summary>
    public static string Print(this ModelMap<string> selector) => string.Join(',', selector.Select(static l => $"{l.Key}={l.Value}"));

    /// <summary>True when whatever <paramref name="narrow"/> chooses is chosen by <paramref name="wide"/> too.</summary>
    public static bool Contains(ModelMap<string> wide, ModelMap<string> narrow) => Istio.WorkloadSelectorSpec.LabelsMatch(wide, narrow);
}
