using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>
/// Makes the conditions of a rule. Those on the workload are decided here: gateways, then labels and namespace of the source, which are
/// not looked at when a match names gateways. Source: Istio sourceMatchHTTP, translateRouteMatch.
/// </summary>
internal static class MatchLowering
{
    /// <summary>True when the match is meant for whoever loads the rules.</summary>
    /// <param name="match">The match.</param>
    /// <param name="namespace">Namespace of its document, which short names of gateways belong to.</param>
    /// <param name="scope">Who loads the rules.</param>
    public static bool IsFor(HTTPMatchRequestSpec match, string @namespace, RuleScope scope)
    {
        if (match.Gateways.Count > 0)
        {
            return scope.IsNamedBy(match.Gateways, @namespace);
        }

        return WorkloadSelectorSpec.LabelsMatch(match.SourceLabels, scope.Workload.Labels)
            && (match.SourceNamespace is null || string.Equals(match.SourceNamespace, scope.Workload.Namespace, StringComparison.Ordinal));
    }

    public static RouteMatch Lower(HTTPMatchRequestSpec match) => new()
    {
        Name = match.Name,
        Path = Path(match),
        Scheme = Text(match.Scheme),
        Method = Text(match.Method),
        Authority = Text(match.Authority),
        Port = match.Port is > 0 ? match.Port : null,
        Headers = match.Headers.Count + match.WithoutHeaders.Count == 0 ? [] :
        [
            .. match.Headers.Select(static h => new HeaderMatch(h.Key, TextOrPresent(h.Value))),
            .. match.WithoutHeaders.Select(static h => new HeaderMatch(h.Key, TextOrPresent(h.Value), Invert: true)),
        ],
        QueryParams = match.QueryParams.Count == 0 ? [] : [.. match.QueryParams.Select(static q => new QueryMatch(q.Key, TextOrPresent(q.Value)))],
    };

    /// <summary>True when the match takes every request, so that what follows is never tried.</summary>
    public static bool IsCatchAll(RouteMatch match) =>
        match is { Scheme: null, Method: null, Authority: null, Port: null, Headers.Count: 0, QueryParams.Count: 0 }
        && (match.Path is null or { Kind: MatchKind.Prefix, Value: "/" } or { Kind: MatchKind.Regex, Value: ".*" });

    private static PathMatch? Path(HTTPMatchRequestSpec match)
    {
        var ignoreCase = match.IgnoreUriCase ?? false;
        return match.Uri switch
        {
            { Exact: { } exact } => new PathMatch(MatchKind.Exact, exact, ignoreCase),
            { Prefix: { Length: > 0 } prefix } => new PathMatch(MatchKind.Prefix, prefix, ignoreCase),
            { Regex: { } regex } => new PathMatch(MatchKind.Regex, regex),
            _ => null,
        };
    }

    // Method, scheme and authority are always there, so a test without a condition is no test.
    private static StringMatch? Text(StringMatchSpec? match) => match is null || TextOrPresent(match) is not { Kind: not MatchKind.Present } text ? null : text;

    internal static StringMatch TextOrPresent(StringMatchSpec match) => match switch
    {
        { Exact: { } exact } => new StringMatch(MatchKind.Exact, exact),
        { Prefix: { } prefix } => new StringMatch(MatchKind.Prefix, prefix),
        { Regex: { } regex } when regex != "*" => new StringMatch(MatchKind.Regex, regex),
        _ => new StringMatch(MatchKind.Present),
    };
}
