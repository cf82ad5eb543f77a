using Mesh.Configuration.Reading;
using Mesh.Configuration.Schema;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Rules that span the rules of a route. Source: the CRDs.</summary>
internal static class RuleSchemas
{
    private const int MaxMatches = 128;

    /// <summary>Names of rules are unique, and matches of all rules together bounded.</summary>
    /// <param name="rules">The list of rules.</param>
    /// <param name="implied">How many matches a rule has that writes none: the one that is filled in, or none.</param>
    public static ListSchema WithRouteBounds(this ListSchema rules, int implied) => rules
        .Rule(
            "While 16 rules and 64 matches per rule are allowed, the total number of matches across all rules in a route must be less than 128",
            list => list.Items.Sum(rule => rule.Field("matches")?.Items.Count ?? implied) <= MaxMatches)
        .Rule("Rule name must be unique within the route", static list => AreUnique(list, static rule => rule.TextAt("name")));

    /// <summary>True when no two items give the same text; null is no text.</summary>
    public static bool AreUnique(ConfigNode list, Func<ConfigNode, string?> text)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            if (text(item) is { } value && !seen.Add(value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A whole number of a field, or what stands for it when it is missing.</summary>
    public static long IntegerAt(this ConfigNode node, string name, long otherwise) =>
        node.TextAt(name) is { } text && ScalarText.TryInteger(text, out var value) ? value : otherwise;
}
