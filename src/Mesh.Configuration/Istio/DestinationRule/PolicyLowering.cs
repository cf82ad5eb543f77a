using Mesh.Configuration.Registry;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Makes the policy of a cluster from a merged traffic policy, with the mesh's and then Istio's defaults where it says nothing.</summary>
internal sealed class PolicyLowering
{
    private static readonly TrafficPolicySpec s_nothing = new();
    private readonly MeshConfigSpec _mesh;
    private readonly ClientCredentials _credentials;
    private readonly ClusterPolicy _default;
    private readonly ClusterPolicy _upgraded;

    public PolicyLowering(MeshConfigSpec mesh, ClientCredentials credentials)
    {
        (_mesh, _credentials) = (mesh, credentials);

        // One object for all clusters without a rule: there may be very many.
        _default = Create(s_nothing, [], null) is { } policy && policy != ClusterPolicy.Default ? policy : ClusterPolicy.Default;
        _upgraded = _default with { ConnectionPool = _default.ConnectionPool with { UpgradeToHttp2 = true } };
    }

    /// <summary>The policy of a port without a rule.</summary>
    public ClusterPolicy Default(ServicePort? port) =>
        IsUpgraded(_mesh.DefaultTrafficPolicy?.ConnectionPool, port) ? _upgraded : _default;

    public ClusterPolicy Lower(TrafficPolicySpec? spec, RegisteredService service, ServicePort? port, MergedRule rule)
    {
        var policy = Create(spec ?? s_nothing, service.SubjectAltNames, rule);
        return IsUpgraded(spec?.ConnectionPool ?? _mesh.DefaultTrafficPolicy?.ConnectionPool, port)
            ? policy with { ConnectionPool = policy.ConnectionPool with { UpgradeToHttp2 = true } }
            : policy;
    }

    /// <summary>The mesh-wide upgrade touches ports named http only, and what a rule says goes before it. Source: Istio shouldH2Upgrade.</summary>
    private bool IsUpgraded(ConnectionPoolSpec? pool, ServicePort? port) =>
        _mesh.H2UpgradePolicy is H2UpgradePolicy.Upgrade && port is { Protocol: PortProtocol.Http } && port.Name.StartsWith("http", StringComparison.OrdinalIgnoreCase)
        && pool?.Http is null or { H2UpgradePolicy: null or H2UpgradePolicy.Default, UseClientProtocol: null or false };

    private ClusterPolicy Create(TrafficPolicySpec spec, ModelList<string> subjectAltNames, MergedRule? rule)
    {
        var outlier = spec.OutlierDetection ?? _mesh.DefaultTrafficPolicy?.OutlierDetection;
        return new ClusterPolicy
        {
            LoadBalancing = LoadBalancingLowering.Lower(spec.LoadBalancer, _mesh.LocalityLbSetting, outlier is not null),
            ConnectionPool = ConnectionPoolLowering.Lower(spec.ConnectionPool ?? _mesh.DefaultTrafficPolicy?.ConnectionPool, _mesh),
            OutlierDetection = outlier is null ? null : Outlier(outlier),
            Tls = spec.Tls is null ? null : Tls(spec.Tls, subjectAltNames, rule is { BySelector: true }),
            ProxyProtocol = spec.ProxyProtocol is null ? null : spec.ProxyProtocol.Version is ProxyProtocolVersion.V2 ? ProxyProtocol.V2 : ProxyProtocol.V1,
            RetryBudget = spec.RetryBudget is not { } budget ? null : new RetryBudget(budget.Percent ?? 20, budget.MinRetryConcurrency ?? 3, budget.BudgetInterval ?? TimeSpan.Zero),
            Origin = rule?.Origin,
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

    private ClientTls Tls(ClientTLSSettingsSpec spec, ModelList<string> subjectAltNames, bool bySelector)
    {
        var credential = _credentials.Find(spec, bySelector);
        return new()
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
            ClientKeyPair = credential?.KeyPair,
            CaCertificatesPem = credential?.CaCertificatesPem,
            Refusal = credential?.Refusal,
            // The policy's names go before those of the ServiceEntry.
            SubjectAltNames = spec.SubjectAltNames.Count > 0 ? spec.SubjectAltNames : subjectAltNames,
            Sni = spec.Sni,
            InsecureSkipVerify = spec.InsecureSkipVerify ?? false,
        };
    }
}
