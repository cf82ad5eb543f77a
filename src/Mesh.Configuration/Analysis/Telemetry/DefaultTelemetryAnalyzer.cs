namespace Mesh.Configuration.Analysis;

/// <summary>Is there at most one Telemetry for a whole namespace? Source: Istio telemetry.DefaultSelectorAnalyzer.</summary>
internal sealed class DefaultTelemetryAnalyzer : IAnalyzer
{
    public string Name => "telemetry.DefaultSelectorAnalyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.MultipleTelemetriesWithoutWorkloadSelectors];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        var ofNamespace = new OrderedDictionary<string, List<AnalysisDocument>>();
        foreach (var telemetry in input.OfKind(DocumentKind.Telemetry))
        {
            if (telemetry.Part("spec", "selector") is null && telemetry.Part("spec", "targetRef") is null && telemetry.Part("spec").List("targetRefs").Count == 0)
            {
                WorkloadSelections.Add(ofNamespace, telemetry.Namespace, telemetry);
            }
        }

        foreach (var (name, telemetries) in ofNamespace)
        {
            foreach (var telemetry in telemetries.Count > 1 ? telemetries : [])
            {
                report.Add(
                    IstioMessages.MultipleTelemetriesWithoutWorkloadSelectors, telemetry, "metadata.name",
                    $"{WorkloadSelections.Others(telemetries, telemetry)} is for the whole namespace '{name}' too; only one acts: merge them, or add selectors");
            }
        }
    }
}
