using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Makes the policy of a cluster from a merged traffic policy, with Istio's defaults where it says nothing.</summary>
internal static class PolicyLowering
{
    public static ClusterPolicy Lower(TrafficPolicySpec? spec, ModelList<string> subjectAltNames, ConfigOrigin origin)
    {
        if (spec is null)
        {
            return ClusterPolicy.Default with { Origin = origin };
        }

        return new ClusterPolicy
        {
            LoadBalancing = LoadBalancingLowering.Lower(spec.LoadBalancer, spec.OutlierDetection is not null),
            ConnectionPool = ConnectionPoolLowering.Lower(spec.ConnectionPool),
            OutlierDetection = spec.OutlierDetection is null ? null : Outlier(spec.OutlierDetection),
            Tls = spec.Tls is null ? null : Tls(spec.Tls, subjectAltNames),
            RetryBudget = spec.RetryBudget is not { } budget ? null : new RetryBudget(budget.Percent ?? 20, budget.MinRetryConcurrency ?? 3, budget.BudgetInterval ?? TimeSpan.Zero),
            Origin = origin,
        };
    }

    private static OutlierDetection Outlier(OutlierDetectionSpec spec)
    {
        var defaults = new OutlierDetection();
        var ejection = spec.BaseEjectionTime is { Ticks: > 0 } time ? time : defaults.BaseEjectionTime;
        return defaults with
        {
            Consecutive5xxErrors = spec.Consecutive5xxErrors ?? defaults.Consecutive5xxErrors,
            ConsecutiveGatewayErrors = spec.ConsecutiveGatewayErrors ?? 0,
            SplitExternalLocalOriginErrors = spec.SplitExternalLocalOriginErrors ?? false,
            ConsecutiveLocalOriginFailures = spec.ConsecutiveLocalOriginFailures ?? defaults.ConsecutiveLocalOriginFailures,
            Interval = spec.Interval is { Ticks: > 0 } interval ? interval : defaults.Interval,
            BaseEjectionTime = ejection,
            // Envoy's cap of 300 s gives way to a longer base.
            MaxEjectionTime = ejection > defaults.MaxEjectionTime ? ejection : defaults.MaxEjectionTime,
            MaxEjectionPercent = spec.MaxEjectionPercent is > 0 and var percent ? percent : defaults.MaxEjectionPercent,
            MinHealthPercent = spec.MinHealthPercent ?? 0,
            HttpErrorCodes = spec.OutlierDetectionHttpErrorCodes,
        };
    }

    private static ClientTls Tls(ClientTLSSettingsSpec spec, ModelList<string> subjectAltNames) => new()
    {
        Mode = spec.Mode switch
        {
            ClientTLSMode.Simple => ClientTlsMode.Simple,
            ClientTLSMode.Mutual => ClientTlsMode.Mutual,
            ClientTLSMode.IstioMutual => ClientTlsMode.IstioMutual,
            _ => ClientTlsMode.Disable,
        },
        ClientCertificate = spec.ClientCertificate,
        PrivateKey = spec.PrivateKey,
        CaCertificates = spec.CaCertificates,
        CredentialName = spec.CredentialName,
        // The policy's names go before those of the ServiceEntry.
        SubjectAltNames = spec.SubjectAltNames.Count > 0 ? spec.SubjectAltNames : subjectAltNames,
        Sni = spec.Sni,
        InsecureSkipVerify = spec.InsecureSkipVerify ?? false,
    };
}
