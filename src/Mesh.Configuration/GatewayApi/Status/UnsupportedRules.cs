using System.Globalization;
using Mesh.Configuration.Expressions;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Something of a rule that this mesh cannot do.</summary>
/// <param name="Rule">Index of the rule.</param>
/// <param name="Path">Where in the document it stands.</param>
/// <param name="Message">What becomes of requests.</param>
/// <param name="IsWhole">True when nothing of the rule is left; false when another match or backend of it still acts.</param>
internal sealed record UnsupportedRule(int Rule, string Path, string Message, bool IsWhole);

/// <summary>
/// Finds the rules that are valid and that this mesh cannot do: they ask an authorization server, which nobody here calls, or match by an
/// expression that is not RE2. Both fail closed: no request passes that the rule would have stopped.
/// </summary>
internal static class UnsupportedRules
{
    public static ModelList<UnsupportedRule> Of(RouteSource route)
    {
        var found = new List<UnsupportedRule>();
        foreach (var rule in route.Rules)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"spec.rules[{rule.Index}]");
            Authorization(rule.Filters, rule.Index, at, isWhole: true, found);
            for (var i = 0; i < rule.BackendRefs.Count; i++)
            {
                Authorization(rule.BackendRefs[i].Filters, rule.Index, string.Create(CultureInfo.InvariantCulture, $"{at}.backendRefs[{i}]"), rule.BackendRefs.Count == 1, found);
            }

            for (var i = 0; i < rule.Matches.Count; i++)
            {
                Expressions(rule.Matches[i].Match, rule.Index, string.Create(CultureInfo.InvariantCulture, $"{at}.matches[{i}]"), rule.Matches.Count == 1, found);
            }
        }

        return found.ToModelList();
    }

    private static void Authorization(ModelList<HTTPRouteFilterSpec> filters, int rule, string at, bool isWhole, List<UnsupportedRule> found)
    {
        for (var i = 0; i < filters.Count; i++)
        {
            if (filters[i].Type == HTTPRouteFilterType.ExternalAuth)
            {
                found.Add(new(rule, string.Create(CultureInfo.InvariantCulture, $"{at}.filters[{i}]"), "no authorization server is asked, so requests are answered with 403", isWhole));
            }
        }
    }

    private static void Expressions(RouteMatch match, int rule, string at, bool isWhole, List<UnsupportedRule> found)
    {
        if (match.Path is { Kind: MatchKind.Regex } path && Re2.Check(path.Value) is { } wrong)
        {
            found.Add(new(rule, $"{at}.path.value", $"{wrong}; no request matches it", isWhole));
        }

        for (var i = 0; i < match.Headers.Count; i++)
        {
            if (match.Headers[i].Value is { Kind: MatchKind.Regex } header && Re2.Check(header.Value) is { } bad)
            {
                found.Add(new(rule, string.Create(CultureInfo.InvariantCulture, $"{at}.headers[{i}].value"), $"{bad}; no request matches it", isWhole));
            }
        }

        for (var i = 0; i < match.QueryParams.Count; i++)
        {
            if (match.QueryParams[i].Value is { Kind: MatchKind.Regex } query && Re2.Check(query.Value) is { } bad)
            {
                found.Add(new(rule, string.Create(CultureInfo.InvariantCulture, $"{at}.queryParams[{i}].value"), $"{bad}; no request matches it", isWhole));
            }
        }
    }
}
