using Mesh.Configuration.Istio;
using Mesh.Configuration.Naming;

namespace Mesh.Configuration.Analysis;

/// <summary>MESH1015: can the VirtualService take over that a rule hands requests to? Source: Istio mergeVirtualServicesIfNeeded.</summary>
internal sealed class DelegateAnalyzer : IAnalyzer
{
    public string Name => "mesh.DelegateNotUsed";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.DelegateNotUsed];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var root in input.VirtualServices)
        {
            for (var i = 0; i < root.Spec.Http.Count; i++)
            {
                if (root.Spec.Http[i].Delegate is { } target)
                {
                    foreach (var problem in Check(input, root, root.Spec.Http[i], target))
                    {
                        report.Add(MeshMessages.DelegateNotUsed, root.Document, $"spec.http[{i}].delegate", problem);
                    }
                }
            }
        }
    }

    private static IEnumerable<string> Check(AnalysisInput input, Analyzed<VirtualServiceSpec> root, HTTPRouteSpec rule, DelegateSpec target)
    {
        var @namespace = target.Namespace ?? root.Namespace;
        var name = AnalysisInput.Qualify(@namespace, target.Name);
        if (root.Spec.Hosts.Count == 0)
        {
            yield return "a delegate cannot delegate again; route here";
        }
        else if (input.Find(DocumentKind.VirtualService, name)?.Spec is not VirtualServiceSpec found)
        {
            yield return $"there is no VirtualService {name}, so the rule is left out; create it, or route here";
        }
        else if (found.Hosts.Count > 0)
        {
            yield return $"VirtualService {name} has hosts of its own and so is no delegate; remove its 'hosts'";
        }
        else if (!Visibility.IsVisible(found.ExportTo, @namespace, root.Namespace))
        {
            yield return $"VirtualService {name} is not exported to '{root.Namespace}', so the rule is left out; extend its exportTo";
        }
        else
        {
            for (var i = 0; i < found.Http.Count; i++)
            {
                if (DelegateMerge.Merge(rule, found.Http[i]) is null)
                {
                    yield return $"rule #{i} of VirtualService {name} matches more than this rule does and is left out; narrow its matches";
                }
            }
        }
    }
}
