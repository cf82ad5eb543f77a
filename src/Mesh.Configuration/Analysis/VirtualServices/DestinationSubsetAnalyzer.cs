using Mesh.Configuration.Istio;
using Mesh.Configuration.Naming;

namespace Mesh.Configuration.Analysis;

/// <summary>Does a DestinationRule define every subset that a VirtualService names? Source: Istio virtualservice.DestinationRuleAnalyzer.</summary>
internal sealed class DestinationSubsetAnalyzer : IAnalyzer
{
    public string Name => "virtualservice.DestinationRuleAnalyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.ReferencedResourceNotFound];

    public AnalysisNeeds Needs => AnalysisNeeds.DestinationRules;

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var rule in input.VirtualServices)
        {
            foreach (var (path, destination, isMirror) in RouteDestinations.Of(rule.Spec))
            {
                if (destination.Subset is { } subset && !IsDefined(input, rule, destination.Host, subset))
                {
                    var what = isMirror ? "mirror+subset" : "host+subset";
                    report.Add(
                        IstioMessages.ReferencedResourceNotFound, rule.Document, $"{path}.subset",
                        $"{what} '{destination.Host}+{subset}' not found in a DestinationRule: requests get 503 (NC); add the subset, or remove it here{Known(input, rule, destination.Host)}");
                }
            }
        }
    }

    private static bool IsDefined(AnalysisInput input, Analyzed<VirtualServiceSpec> rule, string host, string subset) =>
        Rules(input, rule, host).Any(d => d.Spec.Subsets.Any(s => s.Name == subset));

    // A rule is looked for in the caller's namespace, the service's and the root one. Who calls is not known here, so a rule anywhere
    // counts for a service of the cluster.
    private static IEnumerable<Analyzed<DestinationRuleSpec>> Rules(AnalysisInput input, Analyzed<VirtualServiceSpec> rule, string host)
    {
        var full = input.Hosts.Expand(host, rule.Namespace);
        var inCluster = ServiceAliases.TrySplit(full, input.MeshConfig.ClusterDomain, out _, out _);
        return input.DestinationRules.Where(d =>
            HostName.IsWithin(full, input.Hosts.Expand(d.Spec.Host, d.Namespace))
            && (inCluster || d.Namespace == rule.Namespace || d.Namespace == input.MeshConfig.RootNamespace
                || d.Namespace == input.Hosts.Find(rule.Namespace, rule.Spec.ExportTo, host)?.Namespace));
    }

    private static string Known(AnalysisInput input, Analyzed<VirtualServiceSpec> rule, string host)
    {
        var names = Rules(input, rule, host).SelectMany(static d => d.Spec.Subsets).Select(static s => s.Name).Distinct().ToArray();
        return names.Length == 0 ? "" : $" (defined: {string.Join(", ", names)})";
    }
}
