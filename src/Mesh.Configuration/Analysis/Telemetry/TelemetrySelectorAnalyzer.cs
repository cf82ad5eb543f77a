namespace Mesh.Configuration.Analysis;

/// <summary>Does the selector of a Telemetry find a workload, and only one Telemetry each? Source: Istio telemetry.SelectorAnalyzer.</summary>
internal sealed class TelemetrySelectorAnalyzer : IAnalyzer
{
    public string Name => "telemetry.SelectorAnalyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.ReferencedResourceNotFound, IstioMessages.ConflictingTelemetryWorkloadSelectors];

    public AnalysisNeeds Needs => AnalysisNeeds.Workloads;

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        var selections = new WorkloadSelections();
        foreach (var telemetry in input.OfKind(DocumentKind.Telemetry))
        {
            var labels = telemetry.Part("spec", "selector").Map("matchLabels");
            if (labels.Count > 0 && !selections.Select(input, telemetry, labels) && input.ShowsWorkloads(telemetry.Namespace))
            {
                report.Add(
                    IstioMessages.ReferencedResourceNotFound, telemetry, "spec.selector",
                    $"selector '{labels.Print()}' matches no workload in namespace '{telemetry.Namespace}'; correct the labels");
            }
        }

        foreach (var (pod, telemetries) in selections.ByPod)
        {
            foreach (var telemetry in telemetries.Count > 1 ? telemetries : [])
            {
                report.Add(
                    IstioMessages.ConflictingTelemetryWorkloadSelectors, telemetry, "metadata.name",
                    $"{pod.Document.Resource} is also chosen by {WorkloadSelections.Others(telemetries, telemetry)}; only one acts: make the selectors disjoint");
            }
        }
    }
}
