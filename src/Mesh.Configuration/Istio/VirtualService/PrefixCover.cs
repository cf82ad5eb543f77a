using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>
/// Warns of a match whose path prefix begins with that of an earlier match whose other conditions hold as well. Source: Istio's
/// coveredValidation, with its simplifications: a match without method counts as GET, and only exact and prefix tests are compared.
/// </summary>
internal static class PrefixCover
{
    public static void Warn(FieldScope at, ModelList<HTTPRouteSpec> rules)
    {
        var seen = new List<Entry>();
        var known = new HashSet<HTTPMatchRequestSpec>();
        for (var i = 0; i < rules.Count; i++)
        {
            for (var j = 0; j < rules[i].Match.Count; j++)
            {
                var match = rules[i].Match[j];
                if (match.Uri?.Prefix is not { Length: > 0 } prefix || !known.Add(UnreachableRules.Conditions(match)))
                {
                    continue;
                }

                foreach (var earlier in seen)
                {
                    if (prefix != earlier.Prefix && prefix.StartsWith(earlier.Prefix, StringComparison.Ordinal) && Covers(earlier.Match, match))
                    {
                        at[i]["match"][j].NeverUsed($"prefix '{earlier.Prefix}' of rule {earlier.Rule}, match {earlier.Index} comes first; put the longer path before it");
                    }
                }

                seen.Add(new(prefix, match, i, j));
            }
        }
    }

    private static bool Covers(HTTPMatchRequestSpec earlier, HTTPMatchRequestSpec later) =>
        (earlier.Port ?? 0) == (later.Port ?? 0)
        && Covers(Test(earlier.Method) is { Length: > 0 } method ? method : "exact:GET", Test(later.Method) is { Length: > 0 } other ? other : "exact:GET")
        && Covers(Test(earlier.Authority), Test(later.Authority))
        && Covers(earlier.Headers, later.Headers)
        && Covers(earlier.QueryParams, later.QueryParams)
        && Covers(earlier.WithoutHeaders, later.WithoutHeaders);

    private static bool Covers(ModelMap<StringMatchSpec> earlier, ModelMap<StringMatchSpec> later)
    {
        if (earlier.Count != later.Count)
        {
            return false;
        }

        foreach (var (name, test) in earlier)
        {
            if (!later.TryGetValue(name, out var other) || !Covers(Test(test), Test(other)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Covers(string earlier, string later) => earlier.StartsWith(later, StringComparison.Ordinal);

    private static string Test(StringMatchSpec? match) =>
        match?.Exact is { Length: > 0 } exact ? $"exact:{exact}" : match?.Prefix is { Length: > 0 } prefix ? $"prefix:{prefix}" : "";

    private readonly record struct Entry(string Prefix, HTTPMatchRequestSpec Match, int Rule, int Index);
}
