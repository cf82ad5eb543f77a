namespace Mesh.Configuration.Analysis;

/// <summary>
/// MESH1001: does a rule stand after one that takes every request although it has a match, such as <c>prefix: /</c>? A rule without any
/// match is IST0130.
/// </summary>
internal sealed class UnreachableRuleAnalyzer : IAnalyzer
{
    public string Name => "mesh.UnreachableRule";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.UnreachableRule];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var virtualService in input.VirtualServices)
        {
            var rules = virtualService.Spec.Http;
            for (var i = 0; i < rules.Count; i++)
            {
                if (rules[i].Match.Count == 0)
                {
                    // From here on the rules are IST0130's.
                    break;
                }

                if (!rules[i].Match.Any(MatchCoverage.IsEverything))
                {
                    continue;
                }

                for (var j = i + 1; j < rules.Count; j++)
                {
                    report.Add(MeshMessages.UnreachableRule, virtualService.Document, $"spec.http[{j}]", $"rule #{j} is never used: rule #{i} before it takes every request; move that one to the end");
                }

                break;
            }
        }
    }
}
