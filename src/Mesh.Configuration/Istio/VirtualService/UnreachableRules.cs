using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>
/// Warns of rules and matches that an earlier one always wins over. Source: Istio's analyzeUnreachableHTTPRules, which sees a second rule
/// without match, a match written twice, and a longer path prefix behind a shorter one under the same other conditions
/// (<see cref="PrefixCover"/>). What it does not see, and this does, is only said to who runs a mesh.
/// </summary>
internal static class UnreachableRules
{
    public static void Warn(FieldScope at, VirtualServiceSpec spec)
    {
        Duplicates(at["http"], spec.Http.Select(static r => r.Match.Select(Conditions).ToArray()).ToArray());
        Duplicates(at["tcp"], spec.Tcp.Select(static r => r.Match.ToArray()).ToArray());
        Duplicates(at["tls"], spec.Tls.Select(static r => r.Match.ToArray()).ToArray());
        PrefixCover.Warn(at["http"], spec.Http);
        if (at.Problems.Purpose == ReadingPurpose.Load)
        {
            AfterCatchAll(at["http"], spec.Http);
        }
    }

    /// <summary>A match without what tests nothing: its name, and fields that have their default.</summary>
    public static HTTPMatchRequestSpec Conditions(HTTPMatchRequestSpec match) =>
        match with { Name = null, Port = match.Port is 0 ? null : match.Port, IgnoreUriCase = match.IgnoreUriCase is true ? true : null };

    private static void Duplicates<T>(FieldScope at, IReadOnlyList<T[]> rules)
        where T : notnull
    {
        var first = new Dictionary<T, int>();
        var withoutMatch = -1;
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i].Length == 0)
            {
                if (withoutMatch >= 0)
                {
                    at[i].NeverUsed($"rule {withoutMatch} takes every request, and only the last rule can have no matches");
                }

                withoutMatch = i;
                continue;
            }

            var duplicates = 0;
            for (var j = 0; j < rules[i].Length; j++)
            {
                if (!first.TryAdd(rules[i][j], i))
                {
                    at[i]["match"][j].NeverUsed($"rule {first[rules[i][j]]} has the same match; remove one of them");
                    duplicates++;
                }
            }

            if (duplicates == rules[i].Length)
            {
                at[i].NeverUsed("all matches used by prior rules; remove the rule");
            }
        }
    }

    private static void AfterCatchAll(FieldScope at, ModelList<HTTPRouteSpec> rules)
    {
        var catchAll = -1;
        for (var i = 0; i < rules.Count; i++)
        {
            if (catchAll >= 0 && rules[i].Match.Count > 0)
            {
                at[i].NeverUsed($"rule {catchAll} takes every request; move it to the end");
            }

            if (catchAll < 0 && (rules[i].Match.Count == 0 || rules[i].Match.Any(IsCatchAll)))
            {
                catchAll = i;
            }
        }
    }

    private static bool IsCatchAll(HTTPMatchRequestSpec match) =>
        match is { Scheme: null, Method: null, Authority: null, Port: null or 0, SourceNamespace: null, Uri: null or { Prefix: "/" or "" } or { Regex: ".*" } }
        && match.Headers.Count + match.WithoutHeaders.Count + match.QueryParams.Count + match.SourceLabels.Count + match.Gateways.Count == 0;
}
