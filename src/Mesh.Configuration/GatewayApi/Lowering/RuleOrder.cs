using System.Globalization;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>How specific the host is under which a route answers: characters of an exact host, then of any. Source: GATEWAY_API §4.</summary>
internal readonly record struct HostRank(int Exact, int Any)
{
    /// <summary>A mesh route: hosts do not count.</summary>
    public static HostRank None => default;

    public static HostRank Of(string host) => host == "*" ? None : host[0] == '*' ? new HostRank(0, host.Length) : new HostRank(host.Length, host.Length);
}

/// <summary>
/// Puts the rules of several routes in the order in which they are tried: host, match, age of the route, its namespace and name, its rules in
/// order. The order is one of matches, so a rule whose matches differ in rank is taken apart; neighbours of one rule stay together.
/// Source: GATEWAY_API §4.
/// </summary>
internal sealed class RuleOrder(ActionLowering actions, bool needsGrant)
{
    /// <param name="routes">Routes, older first, with the rank of the host they answer under.</param>
    public ModelList<RouteRule> Order(IEnumerable<(RouteSource Route, HostRank Host)> routes)
    {
        var candidates = new List<Candidate>();
        var age = 0;
        foreach (var (route, host) in routes)
        {
            foreach (var rule in route.Rules)
            {
                for (var i = 0; i < rule.Matches.Count; i++)
                {
                    candidates.Add(new Candidate(host, rule.Matches[i], age, route, rule, i));
                }
            }

            age++;
        }

        candidates.Sort(Compare);
        var rules = new List<RouteRule>(candidates.Count);
        for (var i = 0; i < candidates.Count;)
        {
            var first = i;
            while (i < candidates.Count && ReferenceEquals(candidates[i].Rule, candidates[first].Rule))
            {
                i++;
            }

            rules.Add(Rule(candidates[first], candidates.GetRange(first, i - first)));
        }

        return rules.ToModelList();
    }

    private RouteRule Rule(Candidate first, List<Candidate> candidates)
    {
        var replacesPrefix = ActionLowering.ReplacesPrefix(first.Rule);
        var matches = new RouteMatch[candidates.Count];
        for (var i = 0; i < matches.Length; i++)
        {
            var match = candidates[i].Match.Match;

            // Every path has the prefix "/": the matcher need not look, unless a rewrite wants to know what matched.
            match = match.Path is { Kind: MatchKind.PathSeparatedPrefix, Value: "/" } && !replacesPrefix ? match with { Path = null } : match;
            matches[i] = candidates[i].Index == i ? match : match with { Index = candidates[i].Index };
        }

        return new RouteRule
        {
            Name = first.Rule.Name ?? string.Create(CultureInfo.InvariantCulture, $"{first.Route.Namespace}/{first.Route.Name}#{first.Rule.Index}"),
            Matches = matches.ToModelList(),
            Action = actions.Lower(first.Route, first.Rule, needsGrant),
            Origin = first.Route.Document.Origin,
            Index = first.Rule.Index,
        };
    }

    private static int Compare(Candidate left, Candidate right)
    {
        var order = right.Host.Exact.CompareTo(left.Host.Exact);
        order = order != 0 ? order : right.Host.Any.CompareTo(left.Host.Any);
        order = order != 0 ? order : MatchRank.Compare(left.Match.Rank, right.Match.Rank);
        order = order != 0 ? order : left.Age.CompareTo(right.Age);
        order = order != 0 ? order : left.Rule.Index.CompareTo(right.Rule.Index);
        return order != 0 ? order : left.Index.CompareTo(right.Index);
    }

    private readonly record struct Candidate(HostRank Host, RankedMatch Match, int Age, RouteSource Route, RuleSource Rule, int Index);
}
