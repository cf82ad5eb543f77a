using System.Text.RegularExpressions;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Makes the conditions of a GRPCRoute: gRPC's path is <c>/service/method</c>, metadata are headers.</summary>
internal static class GRPCMatchLowering
{
    private const string AnySegment = "[^/]+";

    public static RankedMatch Any { get; } = new(RouteMatch.Any, default);

    public static RankedMatch Lower(GRPCRouteMatchSpec spec)
    {
        var headers = HTTPMatchLowering.Headers(spec.Headers);
        var match = new RouteMatch { Path = Path(spec.Method), Headers = headers };
        return new RankedMatch(match, new MatchRank(spec.Method?.Service?.Length ?? 0, spec.Method?.Method?.Length ?? 0, headers.Count));
    }

    private static PathMatch? Path(GRPCMethodMatchSpec? spec)
    {
        // An empty text says nothing, as in the API server's own check.
        var service = spec?.Service is { Length: > 0 } s ? s : null;
        var method = spec?.Method is { Length: > 0 } m ? m : null;
        if (spec is null || (service is null && method is null))
        {
            return null;
        }

        if (spec.Type == ValueMatchType.RegularExpression)
        {
            return new PathMatch(MatchKind.Regex, $"/{Group(service)}/{Group(method)}");
        }

        return (service, method) switch
        {
            (not null, not null) => new PathMatch(MatchKind.Exact, $"/{service}/{method}"),
            (not null, null) => new PathMatch(MatchKind.Prefix, $"/{service}/"),
            _ => new PathMatch(MatchKind.Regex, $"/{AnySegment}/{Regex.Escape(method!)}"),
        };
    }

    private static string Group(string? expression) => expression is null ? AnySegment : $"(?:{expression})";
}
