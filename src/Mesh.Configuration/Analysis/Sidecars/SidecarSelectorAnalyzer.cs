namespace Mesh.Configuration.Analysis;

/// <summary>
/// Does the selector of a Sidecar find a workload, and does exactly one Sidecar govern each? Where workloads are in ambient mode no
/// Sidecar acts at all. Source: Istio sidecar.SelectorAnalyzer.
/// </summary>
internal sealed class SidecarSelectorAnalyzer : IAnalyzer
{
    public string Name => "sidecar.SelectorAnalyzer";

    public IReadOnlyList<MessageType> Reports =>
    [
        IstioMessages.ReferencedResourceNotFound, IstioMessages.ConflictingSidecarWorkloadSelectors,
        IstioMessages.MultipleSidecarsWithoutWorkloadSelectors, IstioMessages.IneffectivePolicy,
    ];

    public AnalysisNeeds Needs => AnalysisNeeds.Workloads;

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        var ineffective = new HashSet<AnalysisDocument>();
        void Ineffective(AnalysisDocument sidecar, string what)
        {
            if (ineffective.Add(sidecar))
            {
                report.Add(IstioMessages.IneffectivePolicy, sidecar, "spec", $"{what} is in ambient mode, where no Sidecar acts; remove it");
            }
        }

        var selections = new WorkloadSelections();
        var ofNamespace = new OrderedDictionary<string, List<AnalysisDocument>>();
        foreach (var sidecar in input.Sidecars)
        {
            if (sidecar.Spec.WorkloadSelector is not { Labels.Count: > 0 } selector)
            {
                WorkloadSelections.Add(ofNamespace, sidecar.Namespace, sidecar.Document);
            }
            else if (!selections.Select(input, sidecar.Document, selector.Labels) && input.ShowsWorkloads(sidecar.Namespace))
            {
                report.Add(
                    IstioMessages.ReferencedResourceNotFound, sidecar.Document, "spec.workloadSelector",
                    $"selector '{selector.Labels.Print()}' matches no workload in namespace '{sidecar.Namespace}'; correct the labels");
            }
        }

        foreach (var (pod, sidecars) in selections.ByPod)
        {
            foreach (var sidecar in sidecars)
            {
                if (IsAmbient(pod))
                {
                    Ineffective(sidecar, pod.Document.Resource);
                }
                else if (sidecars.Count > 1)
                {
                    report.Add(
                        IstioMessages.ConflictingSidecarWorkloadSelectors, sidecar, "metadata.name",
                        $"{pod.Document.Resource} is also chosen by {WorkloadSelections.Others(sidecars, sidecar)}; only one acts: make the selectors disjoint");
                }
            }
        }

        foreach (var (name, sidecars) in ofNamespace)
        {
            foreach (var sidecar in sidecars)
            {
                if (IsAmbient(input.Find(DocumentKind.Namespace, name)))
                {
                    Ineffective(sidecar, $"namespace {name}");
                }
                else if (sidecars.Count > 1)
                {
                    report.Add(
                        IstioMessages.MultipleSidecarsWithoutWorkloadSelectors, sidecar, "metadata.name",
                        $"{WorkloadSelections.Others(sidecars, sidecar)} is for the whole namespace '{name}' too; only one acts: merge them, or add selectors");
                }
            }
        }
    }

    private static bool IsAmbient(PodView pod) =>
        pod.Annotations.TryGetValue("ambient.istio.io/redirection", out var value) && value == "enabled";

    // A label for sidecar injection takes the namespace out of ambient mode.
    private static bool IsAmbient(AnalysisDocument? @namespace) =>
        @namespace is not null
        && @namespace.Labels.TryGetValue("istio.io/dataplane-mode", out var mode) && mode == "ambient"
        && !(@namespace.Labels.TryGetValue("istio-injection", out var injection) && injection == "enabled")
        && !(@namespace.Labels.TryGetValue("istio.io/rev", out var revision) && revision.Length > 0);
}
