using Mesh.Configuration.Istio;
using Mesh.Configuration.Naming;
using Mesh.Model;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// Does the host of a DestinationRule exist, and does every subset of it have an endpoint? Source: Istio
/// destinationrule.SubsetSelectPodAnalyzer; endpoints written in a ServiceEntry and WorkloadEntries count here too.
/// </summary>
internal sealed class SubsetEndpointsAnalyzer : IAnalyzer
{
    public string Name => "destinationrule.SubsetSelectPodAnalyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.DestinationRuleSubsetNotSelectPods, IstioMessages.UnknownDestinationRuleHost];

    public AnalysisNeeds Needs => AnalysisNeeds.Services | AnalysisNeeds.Workloads;

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var rule in input.DestinationRules)
        {
            var services = Services(input, rule);
            if (services.Count == 0 && !input.Shows(rule.Spec.Host, rule.Namespace))
            {
                continue;
            }

            if (services.Count == 0)
            {
                report.Add(
                    IstioMessages.UnknownDestinationRuleHost, rule.Document, "spec.host",
                    $"there is no service '{rule.Spec.Host}', so the rule acts on nothing; check the name, or add a Service or ServiceEntry");
                continue;
            }

            for (var i = 0; i < rule.Spec.Subsets.Count; i++)
            {
                var subset = rule.Spec.Subsets[i];
                if (!services.Any(s => HasEndpoint(input, s, subset.Labels)))
                {
                    report.Add(
                        IstioMessages.DestinationRuleSubsetNotSelectPods, rule.Document, $"spec.subsets[{i}].name",
                        $"subset '{subset.Name}' ({subset.Labels.Print()}) of {rule.Spec.Host} has no endpoint: requests get 503 (UH); correct the labels, or remove it");
                }
            }
        }
    }

    private static List<ServiceView> Services(AnalysisInput input, Analyzed<DestinationRuleSpec> rule)
    {
        if (input.Hosts.Find(rule.Namespace, rule.Spec.ExportTo, rule.Spec.Host) is { } service)
        {
            return [service];
        }

        // A rule for a wildcard is for every service under it.
        return HostName.IsWildcard(rule.Spec.Host) ? [.. input.Hosts.All.Where(s => HostName.IsWithin(s.Host, rule.Spec.Host))] : [];
    }

    private static bool HasEndpoint(AnalysisInput input, ServiceView service, ModelMap<string> labels)
    {
        // Endpoints of a service without a document, and those DNS finds, are known at run time only.
        if (service.Document is null || (service is { Selector: null, Endpoints.Count: 0 } && service.Document.Kind == DocumentKind.ServiceEntry))
        {
            return true;
        }

        foreach (var endpoint in service.Endpoints)
        {
            if (WorkloadSelectorSpec.LabelsMatch(labels, endpoint.Labels))
            {
                return true;
            }
        }

        if (service.Selector is not { } selector)
        {
            // A Service without selector: somebody else writes its endpoints.
            return service.Document.Kind == DocumentKind.Service && service.Endpoints.Count == 0 && labels.Count == 0;
        }

        var pods = input.Pods.InNamespace(service.Namespace).Where(p => p.Matches(selector)).ToArray();
        if (pods.Length == 0 && !input.IsWhole)
        {
            // The workloads of this service are kept elsewhere.
            return true;
        }

        return pods.Any(p => p.Matches(labels))
            || input.WorkloadEntries.Any(w => w.Namespace == service.Namespace
                && WorkloadSelectorSpec.LabelsMatch(selector, w.Spec.Labels) && WorkloadSelectorSpec.LabelsMatch(labels, w.Spec.Labels));
    }
}
