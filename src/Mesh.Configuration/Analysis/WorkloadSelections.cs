using Mesh.Model;

namespace Mesh.Configuration.Analysis;

/// <summary>Which documents choose which pods of their namespace.</summary>
internal sealed class WorkloadSelections
{
    public OrderedDictionary<PodView, List<AnalysisDocument>> ByPod { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Notes what a document chooses; false when that is nothing.</summary>
    public bool Select(AnalysisInput input, AnalysisDocument document, ModelMap<string> selector)
    {
        var found = false;
        foreach (var pod in input.Pods.InNamespace(document.Namespace))
        {
            if (pod.Matches(selector))
            {
                found = true;
                Add(ByPod, pod, document);
            }
        }

        return found || input.WorkloadEntries.Any(w => w.Namespace == document.Namespace && Istio.WorkloadSelectorSpec.LabelsMatch(selector, w.Spec.Labels));
    }

    public static void Add<TKey>(OrderedDictionary<TKey, List<AnalysisDocument>> map, TKey key, AnalysisDocument document)
        where TKey : notnull
    {
        if (!map.TryGetValue(key, out var list))
        {
            map[key] = list = [];
        }

        list.Add(document);
    }

    public static string Others(IEnumerable<AnalysisDocument> documents, AnalysisDocument except) =>
        string.Join(", ", documents.Where(d => d != except).Select(static d => d.FullName).Order(StringComparer.Ordinal));
}
