using System.Globalization;
using Mesh.Configuration.Istio;
using Mesh.Model;

namespace Mesh.Configuration.Analysis;

/// <summary>What is wrong with the order of rules.</summary>
/// <param name="Path">The rule or match that is never used.</param>
/// <param name="IsRule">True for a whole rule, false for one of its matches.</param>
/// <param name="Text">Why.</param>
internal readonly record struct OrderFinding(string Path, bool IsRule, string Text);

/// <summary>
/// Finds rules and matches that earlier ones leave nothing for, by Istio's comparison of neighbours: rules after one without conditions,
/// matches that are the same as an earlier one, and HTTP prefixes under a shorter prefix with the same other conditions.
/// Source: Istio analyzeUnreachableHTTPRules, …TCPRules, …TLSRules.
/// </summary>
internal static class RuleOrder
{
    public static IEnumerable<OrderFinding> Of(VirtualServiceSpec spec) =>
        [
            .. Repeated("spec.http", spec.Http, static r => r.Match, static m => m with { Name = null }, HttpName),
            .. Prefixes(spec.Http),
            .. Repeated("spec.tcp", spec.Tcp, static r => r.Match, static m => m, static (_, i) => Number(i)),
            .. Repeated("spec.tls", spec.Tls, static r => r.Match, static m => m, static (_, i) => Number(i)),
        ];

    private static IEnumerable<OrderFinding> Repeated<TRule, TMatch>(
        string path, ModelList<TRule> rules, Func<TRule, ModelList<TMatch>> matches, Func<TMatch, TMatch> bare, Func<TRule, int, string> name)
        where TMatch : notnull
    {
        var seen = new Dictionary<TMatch, int>();
        var open = -1;
        for (var i = 0; i < rules.Count; i++)
        {
            var list = matches(rules[i]);
            if (list.Count == 0)
            {
                if (open >= 0)
                {
                    yield return new($"{path}[{i}]", true, $"rule {name(rules[i], i)} is never used: rule {name(rules[open], open)} takes every request; only the last rule may have no match");
                }

                open = i;
                continue;
            }

            var repeated = 0;
            for (var j = 0; j < list.Count; j++)
            {
                if (open >= 0)
                {
                    yield return new($"{path}[{i}]", true, $"rule {name(rules[i], i)} is never used: rule {name(rules[open], open)} before it takes every request; move that one to the end");
                }
                else if (!seen.TryAdd(bare(list[j]), i))
                {
                    repeated++;
                    yield return new($"{path}[{i}].match[{j}]", false, $"match #{j} of rule {name(rules[i], i)} repeats one of rule {name(rules[seen[bare(list[j])]], seen[bare(list[j])])} and is not used; remove it");
                }
            }

            if (repeated == list.Count)
            {
                yield return new($"{path}[{i}]", true, $"rule {name(rules[i], i)} is never used: earlier rules have all of its matches; remove it");
            }
        }
    }

    private static IEnumerable<OrderFinding> Prefixes(ModelList<HTTPRouteSpec> rules)
    {
        var prefixes = new List<(int Rule, int Match, HTTPMatchRequestSpec Spec)>();
        for (var i = 0; i < rules.Count && rules[i].Match.Count > 0; i++)
        {
            for (var j = 0; j < rules[i].Match.Count; j++)
            {
                var match = rules[i].Match[j];
                if (match.Uri?.Prefix is { Length: > 0 } && !prefixes.Exists(p => Same(p.Spec, match)))
                {
                    prefixes.Add((i, j, match));
                }
            }
        }

        for (var a = 0; a < prefixes.Count; a++)
        {
            for (var b = a + 1; b < prefixes.Count; b++)
            {
                var (earlier, later) = (prefixes[a], prefixes[b]);
                if (earlier.Spec.Uri!.Prefix != later.Spec.Uri!.Prefix && Covers(earlier.Spec, later.Spec))
                {
                    yield return new(
                        $"spec.http[{later.Rule}].match[{later.Match}]", false,
                        $"match #{later.Match} of rule {HttpName(rules[later.Rule], later.Rule)} (prefix {later.Spec.Uri.Prefix}) is not used: prefix {earlier.Spec.Uri.Prefix} of rule {HttpName(rules[earlier.Rule], earlier.Rule)} comes first; put the longer prefix before it");
                }
            }
        }
    }

    private static bool Same(HTTPMatchRequestSpec left, HTTPMatchRequestSpec right) => (left with { Name = null }).Equals(right with { Name = null });

    // Istio's comparison: the same conditions by name, each equal or with the later one's text as a prefix of the earlier one's.
    private static bool Covers(HTTPMatchRequestSpec earlier, HTTPMatchRequestSpec later) =>
        later.Uri!.Prefix!.StartsWith(earlier.Uri!.Prefix!, StringComparison.Ordinal)
        && (earlier.Port ?? 0) == (later.Port ?? 0)
        && Covers(Value(earlier.Method, "exact:GET"), Value(later.Method, "exact:GET"))
        && Covers(Value(earlier.Authority, ""), Value(later.Authority, ""))
        && Covers(earlier.Headers, later.Headers)
        && Covers(earlier.QueryParams, later.QueryParams)
        && Covers(earlier.WithoutHeaders, later.WithoutHeaders);

    private static bool Covers(ModelMap<StringMatchSpec> earlier, ModelMap<StringMatchSpec> later) =>
        earlier.Count == later.Count && earlier.All(e => later.TryGetValue(e.Key, out var other) && Covers(Value(e.Value, ""), Value(other, "")));

    private static bool Covers(string earlier, string later) => earlier.StartsWith(later, StringComparison.Ordinal);

    private static string Value(StringMatchSpec? match, string absent) =>
        match?.Exact is { Length: > 0 } exact ? $"exact:{exact}" : match?.Prefix is { Length: > 0 } prefix ? $"prefix:{prefix}" : absent;

    private static string HttpName(HTTPRouteSpec rule, int index) => rule.Name is { Length: > 0 } name ? $"'{name}'" : Number(index);

    private static string Number(int index) => string.Create(CultureInfo.InvariantCulture, $"#{index}");
}
