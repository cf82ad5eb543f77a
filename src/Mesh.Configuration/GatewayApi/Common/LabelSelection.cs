using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Decides whether labels meet a selector. Source: Kubernetes label selectors; an empty one selects everything, an absent one nothing.</summary>
internal static class LabelSelection
{
    public static bool Selects(LabelSelectorSpec? selector, ModelMap<string> labels)
    {
        if (selector is null)
        {
            return false;
        }

        foreach (var (key, value) in selector.MatchLabels)
        {
            if (!labels.TryGetValue(key, out var actual) || !string.Equals(actual, value, StringComparison.Ordinal))
            {
                return false;
            }
        }

        foreach (var requirement in selector.MatchExpressions)
        {
            if (!Holds(requirement, labels))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Holds(LabelSelectorRequirementSpec requirement, ModelMap<string> labels)
    {
        var present = labels.TryGetValue(requirement.Key, out var value);
        return requirement.Operator switch
        {
            "In" => present && requirement.Values.Contains(value),
            "NotIn" => !present || !requirement.Values.Contains(value),
            "Exists" => present,
            "DoesNotExist" => !present,
            _ => false,
        };
    }
}
