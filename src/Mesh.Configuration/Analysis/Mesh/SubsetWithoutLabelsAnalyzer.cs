namespace Mesh.Configuration.Analysis;

/// <summary>
/// MESH1004: does a rule route to a subset that has no labels? It stands for every endpoint, so the version that is meant gets no more
/// than its share. A subset with a policy of its own is left alone: that is what such a subset is good for.
/// </summary>
internal sealed class SubsetWithoutLabelsAnalyzer : IAnalyzer
{
    public string Name => "mesh.SubsetWithoutLabels";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.SubsetWithoutLabels];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        var used = new Dictionary<(string Host, string Subset), string>();
        foreach (var virtualService in input.VirtualServices)
        {
            foreach (var (_, destination, _) in RouteDestinations.Of(virtualService.Spec))
            {
                if (destination.Subset is { } subset)
                {
                    used.TryAdd((input.Hosts.Expand(destination.Host, virtualService.Namespace), subset), virtualService.Document.Resource);
                }
            }
        }

        foreach (var rule in input.DestinationRules)
        {
            for (var i = 0; i < rule.Spec.Subsets.Count; i++)
            {
                var subset = rule.Spec.Subsets[i];
                if (subset is { Labels.Count: 0, TrafficPolicy: null } && used.TryGetValue((input.Hosts.Expand(rule.Spec.Host, rule.Namespace), subset.Name), out var user))
                {
                    report.Add(
                        MeshMessages.SubsetWithoutLabels, rule.Document, $"spec.subsets[{i}]",
                        $"subset '{subset.Name}' of {rule.Spec.Host} has no labels and so stands for every endpoint; {user} routes to it: add 'labels'");
                }
            }
        }
    }
}
