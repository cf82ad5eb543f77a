using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Checks a traffic policy with its blocks, but for balancing (<see cref="LoadBalancerValidator"/>) and connections (<see cref="ConnectionPoolValidator"/>).</summary>
internal static class TrafficPolicyValidator
{
    public static void Validate(FieldScope at, TrafficPolicySpec? policy)
    {
        if (policy is null)
        {
            return;
        }

        if (policy is { LoadBalancer: null, ConnectionPool: null, OutlierDetection: null, Tls: null, PortLevelSettings.Count: 0, Tunnel: null, ProxyProtocol: null, RetryBudget: null })
        {
            at.Error("an empty traffic policy; remove it, or add a block");
        }

        if (policy.Tunnel is not null && policy.ProxyProtocol is not null)
        {
            at["proxyProtocol"].Error("tunnel and proxyProtocol must not be set together; keep one of them");
        }

        LoadBalancerValidator.Validate(at["loadBalancer"], policy.LoadBalancer, policy.OutlierDetection is not null);
        ConnectionPoolValidator.Validate(at["connectionPool"], policy.ConnectionPool);
        OutlierDetection(at["outlierDetection"], policy.OutlierDetection);
        Tls(at["tls"], policy.Tls);
        Ports(at["portLevelSettings"], policy);
        Tunnel(at["tunnel"], policy.Tunnel);
        RetryBudget(at["retryBudget"], policy.RetryBudget);
    }

    private static void Ports(FieldScope at, TrafficPolicySpec policy)
    {
        var seen = new HashSet<int>();
        for (var i = 0; i < policy.PortLevelSettings.Count; i++)
        {
            var port = policy.PortLevelSettings[i];
            at[i]["port"]["number"].Port(port.Port.Number);
            if (!seen.Add(port.Port.Number))
            {
                at[i]["port"].Advice($"port {port.Port.Number} has a policy already, and the first counts; merge the two");
            }

            if (port is { LoadBalancer: null, ConnectionPool: null, OutlierDetection: null, Tls: null })
            {
                at[i].Error("an empty policy of a port; remove it, or add a block");
            }

            LoadBalancerValidator.Validate(at[i]["loadBalancer"], port.LoadBalancer, port.OutlierDetection is not null);
            ConnectionPoolValidator.Validate(at[i]["connectionPool"], port.ConnectionPool);
            OutlierDetection(at[i]["outlierDetection"], port.OutlierDetection);
            Tls(at[i]["tls"], port.Tls);
        }
    }

    private static void OutlierDetection(FieldScope at, OutlierDetectionSpec? outlier)
    {
        if (outlier is null)
        {
            return;
        }

        if (outlier.ConsecutiveErrors is not (null or 0))
        {
            at["consecutiveErrors"].Warning("deprecated and without effect; use consecutiveGatewayErrors or consecutive5xxErrors");
        }

        at["consecutive5xxErrors"].NotNegative(outlier.Consecutive5xxErrors);
        at["consecutiveGatewayErrors"].NotNegative(outlier.ConsecutiveGatewayErrors);
        at["consecutiveLocalOriginFailures"].NotNegative(outlier.ConsecutiveLocalOriginFailures);
        if (outlier.ConsecutiveLocalOriginFailures > 0 && outlier.SplitExternalLocalOriginErrors is not true)
        {
            at["consecutiveLocalOriginFailures"].Error("only counts with splitExternalLocalOriginErrors: true; set it, or remove this");
        }

        at["interval"].PositiveDuration(outlier.Interval);
        at["baseEjectionTime"].PositiveDuration(outlier.BaseEjectionTime);
        at["maxEjectionPercent"].Percent(outlier.MaxEjectionPercent);
        at["minHealthPercent"].Percent(outlier.MinHealthPercent);
        for (var i = 0; i < outlier.OutlierDetectionHttpErrorCodes.Count; i++)
        {
            if (outlier.OutlierDetectionHttpErrorCodes[i] is < 100 or > 599)
            {
                at["outlierDetectionHttpErrorCodes"][i].Error($"{outlier.OutlierDetectionHttpErrorCodes[i]} is not an HTTP status");
            }
        }
    }

    public static void Tls(FieldScope at, ClientTLSSettingsSpec? tls)
    {
        if (tls is null)
        {
            return;
        }

        if (tls.InsecureSkipVerify is true && tls.Mode is ClientTLSMode.Simple or ClientTLSMode.Mutual
            && (tls.SubjectAltNames.Count > 0 || tls.CaCertificates is not null || (tls.Mode == ClientTLSMode.Simple && tls.CredentialName is not null)))
        {
            at["insecureSkipVerify"].Error("checks nothing, and caCertificates, credentialName or subjectAltNames ask for a check; keep one of the two");
        }

        switch (tls.Mode)
        {
            case ClientTLSMode.Mutual when tls.CredentialName is null:
                Missing(at["clientCertificate"], tls.ClientCertificate, "MUTUAL needs the file of a client certificate, or a credentialName");
                Missing(at["privateKey"], tls.PrivateKey, "MUTUAL needs the file of a private key, or a credentialName");
                break;
            case ClientTLSMode.Mutual when tls.ClientCertificate is not null || tls.PrivateKey is not null || tls.CaCertificates is not null || tls.CaCrl is not null:
                at["credentialName"].Error("replaces the files; remove them or the credentialName");
                break;
            case ClientTLSMode.IstioMutual when tls.ClientCertificate is not null || tls.PrivateKey is not null || tls.CaCertificates is not null || tls.CredentialName is not null || tls.CaCrl is not null:
                at["mode"].Advice("ISTIO_MUTUAL uses the workload's own certificate; remove files and credentialName, or use MUTUAL");
                break;
            case ClientTLSMode.Simple when tls.CredentialName is not null
                && (tls.CaCertificates is not null || tls.CaCrl is not null || tls.ClientCertificate is not null || tls.PrivateKey is not null):
                at["credentialName"].Error("replaces the files; remove them or the credentialName");
                break;
            default:
                break;
        }

        if (tls.Mode == ClientTLSMode.IstioMutual)
        {
            at["mode"].Advice("mesh certificates are not there yet, so connections are refused; use MUTUAL with files, SIMPLE or DISABLE");
        }

        if (tls.CaCrl is not null)
        {
            at["caCrl"].NotActedOnYet();
        }

        if (tls.CredentialName is not null && tls.Mode is null or ClientTLSMode.Disable)
        {
            at["credentialName"].HasNoEffect("DISABLE sends plain text; use SIMPLE or MUTUAL, or remove it");
        }
    }

    private static void Missing(FieldScope at, string? value, string message)
    {
        if (value is null)
        {
            at.Error(message);
        }
    }

    private static void Tunnel(FieldScope at, TunnelSettingsSpec? tunnel)
    {
        if (tunnel is null)
        {
            return;
        }

        at.HasNoEffect("there are no raw connections to tunnel in process");
        if (tunnel.Protocol is not (null or "CONNECT" or "POST"))
        {
            at["protocol"].Error($"'{tunnel.Protocol}' is unknown; use CONNECT or POST");
        }

        if (DnsName.CheckHost(tunnel.TargetHost) is { } problem && !IpText.IsAddress(tunnel.TargetHost))
        {
            at["targetHost"].Error(problem);
        }

        at["targetPort"].Port(tunnel.TargetPort);
    }

    private static void RetryBudget(FieldScope at, RetryBudgetSpec? budget)
    {
        at["percent"].Percent(budget?.Percent);
        at["minRetryConcurrency"].NotNegative(budget?.MinRetryConcurrency);
        at["budgetInterval"].DurationOrZero(budget?.BudgetInterval);
    }
}
