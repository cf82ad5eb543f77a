using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>
/// Says at each <c>credentialName</c> of a rule for this workload why it cannot be used. An error, unlike other names that lead nowhere: it refuses every
/// connection, and while a rule is wrong its version in force stays.
/// </summary>
internal sealed class CredentialChecks(ClientCredentials credentials, ProblemSink problems)
{
    public void Report(IReadOnlyList<Typed<DestinationRuleSpec>> rules, Workload workload, MeshConfigSpec mesh)
    {
        foreach (var rule in rules)
        {
            if (!DestinationRuleIndex.Applies(rule, workload, mesh.DefaultDestinationRuleExportTo))
            {
                continue;
            }

            problems.Begin(rule.Document);
            var (at, bySelector) = (FieldScope.Spec(rule.Document, problems), rule.Spec.WorkloadSelector is not null);
            Policy(at["trafficPolicy"], rule.Spec.TrafficPolicy, bySelector);
            for (var i = 0; i < rule.Spec.Subsets.Count; i++)
            {
                Policy(at["subsets"][i]["trafficPolicy"], rule.Spec.Subsets[i].TrafficPolicy, bySelector);
            }
        }
    }

    private void Policy(FieldScope at, TrafficPolicySpec? policy, bool bySelector)
    {
        if (policy is null)
        {
            return;
        }

        Tls(at["tls"], policy.Tls, bySelector);
        for (var i = 0; i < policy.PortLevelSettings.Count; i++)
        {
            Tls(at["portLevelSettings"][i]["tls"], policy.PortLevelSettings[i].Tls, bySelector);
        }
    }

    private void Tls(FieldScope at, ClientTLSSettingsSpec? tls, bool bySelector)
    {
        if (tls?.CredentialName is not { Length: > 0 } || tls.Mode is not (ClientTLSMode.Simple or ClientTLSMode.Mutual))
        {
            return;
        }

        if (!credentials.Acts(bySelector))
        {
            at["credentialName"].HasNoEffect(tls.Mode == ClientTLSMode.Mutual
                ? "it acts at gateways, and elsewhere only in a rule with a workloadSelector, so connections are refused; add a workloadSelector"
                : "it acts at gateways, and elsewhere only in a rule with a workloadSelector, so servers are checked with the system's authorities; add a workloadSelector");
            return;
        }

        // What is wrong with a Secret is said of the Secret, which is another document.
        if (credentials.Find(tls, bySelector) is { Refusal: { } refusal, IsSecretsFault: false })
        {
            at["credentialName"].Error(refusal);
        }

        problems.Begin(at.Document);
    }
}
