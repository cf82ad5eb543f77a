using System.Globalization;
using Mesh.Configuration.Istio;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// MESH1010: may outlier detection eject anything from a pool of this size? Envoy ejects while 100 × (ejected + 1) ÷ hosts, in whole
/// numbers, is at most maxEjectionPercent, 10 by default: of fewer than ten endpoints never one.
/// </summary>
internal sealed class OutlierDetectionAnalyzer : IAnalyzer
{
    private const int DefaultPercent = 10;

    public string Name => "mesh.OutlierDetectionInert";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.OutlierDetectionInert];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var rule in input.DestinationRules)
        {
            if (rule.Spec.TrafficPolicy?.OutlierDetection is not { } detection || input.Hosts.Find(rule.Namespace, rule.Spec.ExportTo, rule.Spec.Host) is not { } service)
            {
                continue;
            }

            // One endpoint alone is not worth ejecting, and an unknown number says nothing.
            var percent = detection.MaxEjectionPercent ?? DefaultPercent;
            if (Endpoints(input, service) is > 1 and var count && 100 / count > percent)
            {
                report.Add(
                    MeshMessages.OutlierDetectionInert, rule.Document, "spec.trafficPolicy.outlierDetection",
                    string.Create(CultureInfo.InvariantCulture, $"{rule.Spec.Host} has {count} endpoints, of which maxEjectionPercent {percent}{(detection.MaxEjectionPercent is null ? " (the default)" : "")} lets none be ejected; set at least {100 / count}"));
            }
        }
    }

    private static int? Endpoints(AnalysisInput input, ServiceView service)
    {
        var count = service.Endpoints.Count;
        if (service.Selector is not { } selector)
        {
            return count;
        }

        foreach (var pod in input.Pods.InNamespace(service.Namespace).Where(p => p.Matches(selector)))
        {
            if (pod.Replicas is not { } replicas)
            {
                return null;
            }

            count += replicas;
        }

        return count + input.WorkloadEntries.Count(w => w.Namespace == service.Namespace && WorkloadSelectorSpec.LabelsMatch(selector, w.Spec.Labels));
    }
}
