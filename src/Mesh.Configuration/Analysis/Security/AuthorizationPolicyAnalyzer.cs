using Mesh.Configuration.Istio;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// Does an AuthorizationPolicy apply to a workload, and do the namespaces exist that it names? Source: Istio auth.AuthorizationPoliciesAnalyzer.
/// </summary>
internal sealed class AuthorizationPolicyAnalyzer : IAnalyzer
{
    public string Name => "auth.AuthorizationPoliciesAnalyzer";

    public IReadOnlyList<MessageType> Reports => [IstioMessages.NoMatchingWorkloadsFound, IstioMessages.ReferencedResourceNotFound];

    public AnalysisNeeds Needs => AnalysisNeeds.Workloads;

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        var membership = new MeshMembership(input);
        foreach (var policy in input.OfKind(DocumentKind.AuthorizationPolicy))
        {
            Workloads(input, report, policy, membership);
            if (input.ShowsNamespaces)
            {
                Namespaces(input, report, policy);
            }
        }
    }

    private static void Workloads(AnalysisInput input, AnalysisReport report, AnalysisDocument policy, MeshMembership membership)
    {
        // A policy that targets a Service or Gateway chooses no pods.
        if (policy.Part("spec", "targetRef") is not null || policy.Part("spec").List("targetRefs").Count > 0)
        {
            return;
        }

        var isMeshWide = policy.Namespace == input.MeshConfig.RootNamespace;
        var hasSelector = policy.Part("spec", "selector") is not null;
        if ((isMeshWide && !hasSelector) || (!isMeshWide && !input.ShowsWorkloads(policy.Namespace)))
        {
            return;
        }

        var labels = policy.Part("spec", "selector").Map("matchLabels");
        var candidates = isMeshWide ? input.Pods.All : input.Pods.InNamespace(policy.Namespace);
        if (!candidates.Any(p => p.Matches(labels) && membership.Includes(p))
            && !input.WorkloadEntries.Any(w => (isMeshWide || w.Namespace == policy.Namespace) && WorkloadSelectorSpec.LabelsMatch(labels, w.Spec.Labels)))
        {
            report.Add(
                IstioMessages.NoMatchingWorkloadsFound, policy, hasSelector ? "spec.selector" : "metadata.namespace",
                hasSelector
                    ? $"no workload of the mesh has the labels {labels.Print()}{(isMeshWide ? "" : $" in namespace '{policy.Namespace}'")}: the policy protects nothing; correct the selector"
                    : $"namespace '{policy.Namespace}' has no workload of the mesh: the policy protects nothing; move it");
        }
    }

    private static void Namespaces(AnalysisInput input, AnalysisReport report, AnalysisDocument policy)
    {
        var rules = policy.Part("spec").List("rules");
        for (var i = 0; i < rules.Count; i++)
        {
            var from = rules[i].List("from");
            for (var j = 0; j < from.Count; j++)
            {
                foreach (var field in (ReadOnlySpan<string>)["namespaces", "notNamespaces"])
                {
                    var names = from[j].At("source").List(field);
                    for (var k = 0; k < names.Count; k++)
                    {
                        var pattern = names[k].Scalar ?? "";
                        if (!input.OfKind(DocumentKind.Namespace).Any(n => Matches(n.Name, pattern)))
                        {
                            report.Add(
                                IstioMessages.ReferencedResourceNotFound, policy, $"spec.rules[{i}].from[{j}].source.{field}[{k}]",
                                $"namespace '{pattern}' not found; check the name, or add the Namespace to what is analyzed");
                        }
                    }
                }
            }
        }
    }

    private static bool Matches(string name, string pattern) =>
        pattern == "*" || (pattern.StartsWith('*') ? name.EndsWith(pattern[1..], StringComparison.Ordinal)
        : pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : string.Equals(name, pattern, StringComparison.OrdinalIgnoreCase));
}
