using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>What Istio's admission check says of a DestinationRule by itself.</summary>
internal static class DestinationRuleValidator
{
    public static void Validate(ConfigDocument document, ProblemSink problems)
    {
        var spec = (DestinationRuleSpec)document.Spec;
        var at = FieldScope.Spec(document, problems);
        if (spec.Host.Length == 0)
        {
            at["host"].Error("names no service");
        }
        else
        {
            at["host"].ErrorIf(DnsName.CheckWildcardHost(spec.Host));
        }

        TrafficPolicyValidator.Validate(at["trafficPolicy"], spec.TrafficPolicy);
        Subsets(at["subsets"], spec);
        PolicyTargetValidator.Selector(at["workloadSelector"], spec.WorkloadSelector?.Labels);
        at["exportTo"].ExportTo(spec.ExportTo, allowNone: false, ownOnly: spec.WorkloadSelector is not null);
    }

    private static void Subsets(FieldScope at, DestinationRuleSpec spec)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Subsets.Count; i++)
        {
            var subset = spec.Subsets[i];
            at[i]["name"].Label(subset.Name);
            if (subset.Name.Length == 0)
            {
                at[i]["name"].Error("a subset needs a name");
            }
            else if (!seen.Add(subset.Name))
            {
                at[i]["name"].Error($"another subset is called '{subset.Name}'; give it a name of its own");
            }

            at[i]["labels"].Labels(subset.Labels);
            TrafficPolicyValidator.Validate(at[i]["trafficPolicy"], subset.TrafficPolicy);
        }
    }
}
