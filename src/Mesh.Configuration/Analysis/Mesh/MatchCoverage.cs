using Mesh.Configuration.Istio;
using Mesh.Model;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// Whether every request that meets one match meets another too. Says yes only when that is certain: each condition of the wider match
/// has to follow from one of the narrower.
/// </summary>
internal static class MatchCoverage
{
    /// <summary>True for a match that every request meets.</summary>
    public static bool IsEverything(HTTPMatchRequestSpec match) =>
        match is { Scheme: null, Method: null, Authority: null, Port: null or 0, SourceNamespace: null }
        && match.Headers.Count + match.WithoutHeaders.Count + match.QueryParams.Count + match.SourceLabels.Count + match.Gateways.Count == 0
        && match.Uri is null or { Prefix: "/" or "" } or { Regex: ".*" or "*" or "/.*" };

    public static bool Covers(HTTPMatchRequestSpec wide, HTTPMatchRequestSpec narrow) =>
        CoversPath(wide, narrow)
        && Covers(wide.Scheme, narrow.Scheme)
        && Covers(wide.Method, narrow.Method)
        && Covers(wide.Authority, narrow.Authority)
        && Covers(wide.Headers, narrow.Headers)
        && Covers(wide.QueryParams, narrow.QueryParams)
        && wide.WithoutHeaders.All(w => narrow.WithoutHeaders.TryGetValue(w.Key, out var other) && w.Value.Equals(other))
        && (wide.Port is null or 0 || wide.Port == narrow.Port)
        && (wide.SourceNamespace is null || wide.SourceNamespace == narrow.SourceNamespace)
        && WorkloadSelectorSpec.LabelsMatch(wide.SourceLabels, narrow.SourceLabels)
        && CoversGateways(wide.Gateways, narrow.Gateways);

    private static bool CoversPath(HTTPMatchRequestSpec wide, HTTPMatchRequestSpec narrow)
    {
        if (wide.Uri is null or { Prefix: "/" or "" } or { Regex: ".*" or "*" or "/.*" })
        {
            return true;
        }

        var ignoresCase = wide.IgnoreUriCase ?? false;
        return (ignoresCase || narrow.IgnoreUriCase is not true) && Covers(wide.Uri, narrow.Uri, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    private static bool Covers(ModelMap<StringMatchSpec> wide, ModelMap<StringMatchSpec> narrow)
    {
        foreach (var (name, match) in wide)
        {
            if (!narrow.TryGetValue(name, out var other) || !Covers(match, other))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Covers(StringMatchSpec? wide, StringMatchSpec? narrow, StringComparison comparison = StringComparison.Ordinal)
    {
        if (wide is null)
        {
            return true;
        }

        if (narrow is null)
        {
            return false;
        }

        return wide switch
        {
            { Exact: { } exact } => string.Equals(exact, narrow.Exact, comparison),
            { Prefix: { } prefix } => (narrow.Exact ?? narrow.Prefix)?.StartsWith(prefix, comparison) is true,
            { Regex: ".*" or "*" } => true,
            { Regex: { } regex } => string.Equals(regex, narrow.Regex, StringComparison.Ordinal),
            _ => true,
        };
    }

    // Naming gateways replaces those of the document, so an unnamed and a named set cannot be compared here.
    private static bool CoversGateways(ModelList<string> wide, ModelList<string> narrow) =>
        wide.Count == 0 ? narrow.Count == 0 : narrow.Count > 0 && narrow.All(wide.Contains);
}
