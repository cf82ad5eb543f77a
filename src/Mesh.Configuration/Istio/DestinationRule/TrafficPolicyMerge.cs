namespace Mesh.Configuration.Istio;

/// <summary>
/// The policy in force for one port of a host or subset. A subset's blocks replace the host's one by one; the settings of a port replace
/// balancing, connections, outlier detection and TLS all together and inherit nothing. Source: Istio MergeTrafficPolicy.
/// </summary>
internal static class TrafficPolicyMerge
{
    public static TrafficPolicySpec? Merge(TrafficPolicySpec? host, TrafficPolicySpec? subset, int port)
    {
        var policy = ForPort(host, host, port);
        if (subset is null)
        {
            return policy;
        }

        var blocks = (policy ?? new TrafficPolicySpec()) with
        {
            LoadBalancer = subset.LoadBalancer ?? policy?.LoadBalancer,
            ConnectionPool = subset.ConnectionPool ?? policy?.ConnectionPool,
            OutlierDetection = subset.OutlierDetection ?? policy?.OutlierDetection,
            Tls = subset.Tls ?? policy?.Tls,
            Tunnel = subset.Tunnel ?? policy?.Tunnel,
            ProxyProtocol = subset.ProxyProtocol ?? policy?.ProxyProtocol,
            RetryBudget = subset.RetryBudget ?? policy?.RetryBudget,
        };
        return ForPort(blocks, subset, port);
    }

    private static TrafficPolicySpec? ForPort(TrafficPolicySpec? policy, TrafficPolicySpec? settings, int port)
    {
        if (policy is null || settings is null || settings.PortLevelSettings.Count == 0)
        {
            return policy;
        }

        foreach (var level in settings.PortLevelSettings)
        {
            if (level.Port.Number == port)
            {
                return policy with { LoadBalancer = level.LoadBalancer, ConnectionPool = level.ConnectionPool, OutlierDetection = level.OutlierDetection, Tls = level.Tls };
            }
        }

        return policy;
    }
}
