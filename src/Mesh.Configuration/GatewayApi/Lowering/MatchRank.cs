using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>A match and how specific it is.</summary>
/// <param name="Match">The conditions.</param>
/// <param name="Rank">Their rank.</param>
internal sealed record RankedMatch(RouteMatch Match, MatchRank Rank);

/// <summary>
/// How specific a match is, as numbers that are compared one after the other, the greater one first. Source: GATEWAY_API §4.
/// HTTP: kind of path (exact, then expression, then prefix: where expressions stand is left open, and behind the prefix <c>/</c> they would
/// never be reached), characters of the path, method, headers, query parameters.
/// gRPC: characters of the service, of the method, headers.
/// </summary>
internal readonly record struct MatchRank(int First, int Second, int Third, int Fourth = 0, int Fifth = 0)
{
    /// <summary>Negative when <paramref name="left"/> is tried before <paramref name="right"/>.</summary>
    public static int Compare(in MatchRank left, in MatchRank right)
    {
        var order = right.First.CompareTo(left.First);
        order = order != 0 ? order : right.Second.CompareTo(left.Second);
        order = order != 0 ? order : right.Third.CompareTo(left.Third);
        order = order != 0 ? order : right.Fourth.CompareTo(left.Fourth);
        return order != 0 ? order : right.Fifth.CompareTo(left.Fifth);
    }
}
