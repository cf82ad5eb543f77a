using Mesh.Configuration.Reading;
using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>WorkloadEntry documents by namespace, as endpoints that selectors choose.</summary>
internal sealed class WorkloadIndex
{
    private readonly Dictionary<string, List<MeshEndpoint>> _byNamespace = new(StringComparer.Ordinal);

    public WorkloadIndex(IReadOnlyList<Typed<WorkloadEntrySpec>> entries)
    {
        foreach (var entry in entries)
        {
            if (WorkloadEntryLowering.Lower(entry.Spec, entry.Name) is { } endpoint)
            {
                if (!_byNamespace.TryGetValue(entry.Namespace, out var list))
                {
                    _byNamespace[entry.Namespace] = list = [];
                }

                list.Add(endpoint);
            }
        }
    }

    /// <summary>Endpoints of a namespace that carry all labels; none when no label is asked for.</summary>
    public ModelList<MeshEndpoint> Select(string @namespace, ModelMap<string> labels)
    {
        if (labels.Count == 0 || !_byNamespace.TryGetValue(@namespace, out var list))
        {
            return [];
        }

        return list.Where(endpoint => WorkloadSelectorSpec.LabelsMatch(labels, endpoint.Labels)).ToModelList();
    }
}
