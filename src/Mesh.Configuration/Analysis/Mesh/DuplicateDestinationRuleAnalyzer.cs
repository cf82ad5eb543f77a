using Mesh.Configuration.Istio;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// MESH1014: are there several DestinationRules for one host in one namespace? Their subsets add up, but only the first traffic policy
/// acts: that of the oldest document, and of equally old ones the first by name. Source: Istio mergeDestinationRule.
/// </summary>
internal sealed class DuplicateDestinationRuleAnalyzer : IAnalyzer
{
    public string Name => "mesh.DuplicateDestinationRule";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.DuplicateDestinationRule];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        var groups = input.DestinationRules
            .Where(static r => r.Spec.WorkloadSelector is not { Labels.Count: > 0 })
            .GroupBy(r => (r.Namespace, input.Hosts.Expand(r.Spec.Host, r.Namespace)));
        foreach (var group in groups)
        {
            var rules = group.OrderBy(static r => r.Document.Root.Text("metadata", "creationTimestamp") ?? "", StringComparer.Ordinal).ThenBy(static r => r.Name, StringComparer.Ordinal).ToArray();
            for (var i = 1; i < rules.Length; i++)
            {
                Check(report, rules[0], rules[..i], rules[i]);
            }
        }
    }

    private static void Check(AnalysisReport report, Analyzed<DestinationRuleSpec> first, Analyzed<DestinationRuleSpec>[] earlier, Analyzed<DestinationRuleSpec> rule)
    {
        if (rule.Spec.TrafficPolicy is not null)
        {
            report.Add(
                MeshMessages.DuplicateDestinationRule, rule.Document, "spec.trafficPolicy",
                $"the policy is not used: {first.Document.Resource} is for {rule.Spec.Host} too and comes first; merge them");
        }

        for (var i = 0; i < rule.Spec.Subsets.Count; i++)
        {
            var name = rule.Spec.Subsets[i].Name;
            foreach (var other in earlier.Where(e => e.Spec.Subsets.Any(s => s.Name == name)).Take(1))
            {
                report.Add(MeshMessages.DuplicateDestinationRule, rule.Document, $"spec.subsets[{i}].name", $"subset '{name}' is not used: {other.Document.Resource} defines it first; merge them");
            }
        }
    }
}
