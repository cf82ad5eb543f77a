using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Makes the conditions of an HTTPRoute. Paths are compared as they are sent: <c>%2F</c> is no separator, nothing is decoded twice.</summary>
internal static class HTTPMatchLowering
{
    public static RankedMatch Lower(HTTPRouteMatchSpec spec)
    {
        var headers = Headers(spec.Headers);
        var query = Query(spec.QueryParams);
        var match = new RouteMatch
        {
            Path = Path(spec.Path),
            Method = spec.Method is { } method ? new StringMatch(MatchKind.Exact, method.ToString()) : null,
            Headers = headers,
            QueryParams = query,
        };
        return new RankedMatch(match, new MatchRank(
            spec.Path.Type switch { PathMatchType.Exact => 2, PathMatchType.RegularExpression => 1, _ => 0 },
            spec.Path.Type == PathMatchType.PathPrefix ? spec.Path.Value.TrimEnd('/').Length : spec.Path.Value.Length,
            spec.Method is null ? 0 : 1,
            headers.Count,
            query.Count));
    }

    /// <summary>Of equal names, compared without case, the first counts.</summary>
    public static ModelList<HeaderMatch> Headers(ModelList<HTTPHeaderMatchSpec> specs)
    {
        if (specs.Count == 0)
        {
            return [];
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. specs.Where(h => names.Add(h.Name)).Select(static h => new HeaderMatch(h.Name, Value(h.Type, h.Value)))];
    }

    private static ModelList<QueryMatch> Query(ModelList<HTTPQueryParamMatchSpec> specs)
    {
        if (specs.Count == 0)
        {
            return [];
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        return [.. specs.Where(q => names.Add(q.Name)).Select(static q => new QueryMatch(q.Name, Value(q.Type, q.Value)))];
    }

    private static PathMatch Path(HTTPPathMatchSpec spec) => new(
        spec.Type switch
        {
            PathMatchType.Exact => MatchKind.Exact,
            PathMatchType.RegularExpression => MatchKind.Regex,
            _ => MatchKind.PathSeparatedPrefix,
        },
        spec.Value);

    private static StringMatch Value(ValueMatchType type, string value) => new(type == ValueMatchType.Exact ? MatchKind.Exact : MatchKind.Regex, value);
}
