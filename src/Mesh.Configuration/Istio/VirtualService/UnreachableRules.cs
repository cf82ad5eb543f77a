using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>
/// Warns of rules and matches that an earlier one always wins over: after a catch-all, or under a shorter prefix without further conditions.
/// Source: Istio's validation warnings for VirtualService.
/// </summary>
internal static class UnreachableRules
{
    /// <summary>How each of these warnings begins.</summary>
    public const string Prefix = "never used: ";

    public static void Warn(FieldScope at, ModelList<HTTPRouteSpec> rules)
    {
        var prefixes = new List<(string Prefix, bool IgnoreCase, int Rule, int Match)>();
        var catchAll = -1;
        for (var i = 0; i < rules.Count; i++)
        {
            if (catchAll >= 0)
            {
                at[i].Warning($"{Prefix}rule {catchAll} takes every request; move it to the end");
                continue;
            }

            if (rules[i].Match.Count == 0)
            {
                catchAll = i;
                continue;
            }

            Matches(at[i]["match"], rules[i].Match, i, prefixes, ref catchAll);
        }
    }

    private static void Matches(FieldScope at, ModelList<HTTPMatchRequestSpec> matches, int rule, List<(string Prefix, bool IgnoreCase, int Rule, int Match)> prefixes, ref int catchAll)
    {
        for (var j = 0; j < matches.Count; j++)
        {
            var match = matches[j];
            foreach (var (prefix, ignoreCase, earlierRule, earlierMatch) in prefixes)
            {
                var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
                if ((match.Uri?.Prefix ?? match.Uri?.Exact) is { } path && path.StartsWith(prefix, comparison))
                {
                    at[j].Warning($"{Prefix}prefix '{prefix}' of rule {earlierRule}, match {earlierMatch} comes first; put the longer path before it");
                    break;
                }
            }

            if (!IsPathOnly(match))
            {
                continue;
            }

            if (match.Uri is null or { Prefix: "/" or "" } or { Regex: ".*" })
            {
                catchAll = rule;
            }
            else if (match.Uri.Prefix is { } prefix)
            {
                prefixes.Add((prefix, match.IgnoreUriCase ?? false, rule, j));
            }
        }
    }

    /// <summary>True when nothing but the path, if even that, is looked at.</summary>
    private static bool IsPathOnly(HTTPMatchRequestSpec match) =>
        match is { Scheme: null, Method: null, Authority: null, Port: null or 0, SourceNamespace: null }
        && match.Headers.Count + match.WithoutHeaders.Count + match.QueryParams.Count + match.SourceLabels.Count + match.Gateways.Count == 0;
}
