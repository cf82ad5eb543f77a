using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Chooses workloads by their labels. Source: Istio networking WorkloadSelector.</summary>
public sealed record WorkloadSelectorSpec
{
    /// <summary>Labels a workload must carry, all of them. Empty: every workload of the namespace.</summary>
    public ModelMap<string> Labels { get; init; } = ModelMap<string>.Empty;

    /// <summary>True when a workload with these labels is chosen.</summary>
    /// <param name="labels">Labels of the workload.</param>
    public bool Matches(ModelMap<string> labels) => LabelsMatch(Labels, labels);

    internal static bool LabelsMatch(ModelMap<string> wanted, ModelMap<string> actual)
    {
        foreach (var (key, value) in wanted)
        {
            if (!actual.TryGetValue(key, out var other) || !string.Equals(value, other, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
