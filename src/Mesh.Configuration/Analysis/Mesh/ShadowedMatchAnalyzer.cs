namespace Mesh.Configuration.Analysis;

/// <summary>
/// MESH1002: does an earlier match take every request of a later one? Says what IST0131, which compares neighbours of one shape, does not
/// see: an exact path under a prefix, fewer headers before more, and so on.
/// </summary>
internal sealed class ShadowedMatchAnalyzer : IAnalyzer
{
    public string Name => "mesh.ShadowedMatch";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.ShadowedMatch];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var virtualService in input.VirtualServices)
        {
            var rules = virtualService.Spec.Http;
            var said = RuleOrder.Of(virtualService.Spec).Select(static f => f.Path).ToHashSet(StringComparer.Ordinal);
            for (var i = 1; i < rules.Count; i++)
            {
                for (var j = 0; j < rules[i].Match.Count; j++)
                {
                    var path = $"spec.http[{i}].match[{j}]";
                    if (!said.Contains(path) && !said.Contains($"spec.http[{i}]") && Earlier(rules, i, j) is { } earlier)
                    {
                        report.Add(
                            MeshMessages.ShadowedMatch, virtualService.Document, path,
                            $"match #{j} of rule #{i} is never used: match #{earlier.Match} of rule #{earlier.Rule} takes all of its requests; put the narrower one first");
                    }
                }
            }
        }
    }

    private static (int Rule, int Match)? Earlier(Model.ModelList<Istio.HTTPRouteSpec> rules, int rule, int match)
    {
        for (var i = 0; i < rule; i++)
        {
            for (var j = 0; j < rules[i].Match.Count; j++)
            {
                if (MatchCoverage.IsEverything(rules[i].Match[j]))
                {
                    // MESH1001 says it of the whole rule.
                    return null;
                }

                if (MatchCoverage.Covers(rules[i].Match[j], rules[rule].Match[match]))
                {
                    return (i, j);
                }
            }
        }

        return null;
    }
}
