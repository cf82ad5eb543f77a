using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Registry;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>The DestinationRules of one host in one namespace, merged.</summary>
/// <param name="Origin">The oldest of the documents.</param>
/// <param name="Policy">The first policy of the documents.</param>
/// <param name="Subsets">The subsets of all; of equal names the first.</param>
/// <param name="BySelector">True when the rule has a workloadSelector.</param>
internal sealed record MergedRule(ConfigOrigin Origin, TrafficPolicySpec? Policy, ModelList<SubsetSpec> Subsets, bool BySelector);

/// <summary>
/// Finds the DestinationRule for a service: in the workload's namespace, else the service's, else the root namespace, and in each of
/// them by the most specific host. A rule whose workloadSelector chooses this workload goes before those without.
/// Source: Istio destinationRule, mergeDestinationRule.
/// </summary>
internal sealed class DestinationRuleIndex
{
    private readonly Dictionary<string, HostIndex<MergedRule>> _own = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HostIndex<MergedRule>> _selected = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MergedRule?> _found = new(StringComparer.Ordinal);
    private readonly string _workloadNamespace;
    private readonly string _rootNamespace;

    private DestinationRuleIndex(string workloadNamespace, string rootNamespace) => (_workloadNamespace, _rootNamespace) = (workloadNamespace, rootNamespace);

    public static DestinationRuleIndex Build(IReadOnlyList<Typed<DestinationRuleSpec>> rules, ServiceRegistry registry, Workload workload, MeshConfigSpec mesh)
    {
        var index = new DestinationRuleIndex(workload.Namespace, mesh.RootNamespaceOrDefault);
        var general = new Dictionary<(string, string), MergedRule>();
        var selected = new Dictionary<(string, string), MergedRule>();
        foreach (var rule in rules)
        {
            if (!Applies(rule, workload, mesh.DefaultDestinationRuleExportTo))
            {
                continue;
            }

            var key = (rule.Namespace, registry.Resolve(rule.Spec.Host, rule.Namespace));
            var target = rule.Spec.WorkloadSelector is { Labels.Count: > 0 } ? selected : general;
            target[key] = target.TryGetValue(key, out var first) ? Merge(first, rule.Spec) : new MergedRule(rule.Document.Origin, rule.Spec.TrafficPolicy, rule.Spec.Subsets, rule.Spec.WorkloadSelector is not null);
        }

        Fill(index._own, general);
        Fill(index._selected, selected);
        return index;
    }

    /// <summary>The rule in force for a service; null: defaults.</summary>
    public MergedRule? Find(string service, string serviceNamespace)
    {
        // Asked once for the clusters of a service and once for each destination that names it.
        if (!_found.TryGetValue(service, out var rule))
        {
            _found[service] = rule = Search(service, serviceNamespace);
        }

        return rule;
    }

    private MergedRule? Search(string service, string serviceNamespace) =>
        FindIn(_workloadNamespace, service) ?? (serviceNamespace == _workloadNamespace ? null : FindIn(serviceNamespace, service)) ?? FindIn(_rootNamespace, service);

    /// <summary>True when a rule is one for this workload, whatever its host.</summary>
    public static bool Applies(Typed<DestinationRuleSpec> rule, Workload workload, ModelList<string> exportTo)
    {
        var isOwn = string.Equals(rule.Namespace, workload.Namespace, StringComparison.Ordinal);
        if (rule.Spec.WorkloadSelector is { Labels.Count: > 0 } selector)
        {
            return isOwn && selector.Matches(workload.Labels);
        }

        return isOwn || Visibility.IsVisible(rule.Spec.ExportTo, exportTo, rule.Namespace, workload.Namespace);
    }

    private static MergedRule Merge(MergedRule first, DestinationRuleSpec second) => first with
    {
        Policy = first.Policy ?? second.TrafficPolicy,
        Subsets = [.. first.Subsets, .. second.Subsets.Where(subset => !first.Subsets.Any(s => s.Name == subset.Name))],
    };

    private static void Fill(Dictionary<string, HostIndex<MergedRule>> target, Dictionary<(string Namespace, string Host), MergedRule> source)
    {
        foreach (var ((@namespace, host), rule) in source)
        {
            if (!target.TryGetValue(@namespace, out var hosts))
            {
                target[@namespace] = hosts = new HostIndex<MergedRule>();
            }

            hosts.TryAdd(host, rule);
        }
    }

    private MergedRule? FindIn(string @namespace, string service)
    {
        if (_selected.TryGetValue(@namespace, out var selected) && selected.TryFind(service, out var rule))
        {
            return rule;
        }

        return _own.TryGetValue(@namespace, out var hosts) && hosts.TryFind(service, out rule) ? rule : null;
    }
}
