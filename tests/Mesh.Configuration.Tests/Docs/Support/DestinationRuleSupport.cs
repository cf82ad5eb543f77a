using Mesh.Configuration.Istio;
using static Mesh.Configuration.Tests.Docs.Support.SupportStatement;

namespace Mesh.Configuration.Tests.Docs.Support;

internal static class DestinationRuleSupport
{
    private const string NotYet = "a warning says so";
    private const string Ring = "the key is computed and handed to the balancer; the ring and the table come later, until then endpoints are picked as without it";

    public static SupportTable Table { get; } = new(
        "DestinationRule",
        SupportGroup.Of<DestinationRuleSpec>("spec", Acts("host", "trafficPolicy", "subsets", "exportTo", "workloadSelector")),
        SupportGroup.Of<SubsetSpec>("subsets[]", Acts("name", "labels", "trafficPolicy")),
        SupportGroup.Of<WorkloadSelectorSpec>("workloadSelector", Acts("labels")),
        SupportGroup.Of<TrafficPolicySpec>(
            "trafficPolicy",
            Acts("loadBalancer", "connectionPool", "outlierDetection", "tls", "portLevelSettings", "retryBudget"),
            ActsNote("the caller is this process's own socket", "proxyProtocol"),
            NotApplicable("there are no raw connections to tunnel", "tunnel")),
        SupportGroup.Of<PortTrafficPolicySpec>("trafficPolicy.portLevelSettings[]", Acts("port", "loadBalancer", "connectionPool", "outlierDetection", "tls")),
        SupportGroup.Of<TunnelSettingsSpec>("trafficPolicy.tunnel", NotApplicable("there are no raw connections to tunnel", "protocol", "targetHost", "targetPort")),
        SupportGroup.Of<ProxyProtocolSpec>("trafficPolicy.proxyProtocol", Acts("version")),
        SupportGroup.Of<RetryBudgetSpec>("trafficPolicy.retryBudget", Acts("percent", "minRetryConcurrency", "budgetInterval")),
        SupportGroup.Of<LoadBalancerSpec>(
            "loadBalancer",
            Acts("simple", "localityLbSetting"),
            ActsNote("an extension: the name of a registered algorithm", "custom"),
            Validated(Ring, "consistentHash"),
            Validated(NotYet, "zoneAwareLbSetting", "warmupDurationSecs", "warmup")),
        SupportGroup.Of<WarmupSpec>("loadBalancer.warmup", Validated(NotYet, "duration", "minimumPercent", "aggression")),
        SupportGroup.Of<ConsistentHashSpec>(
            "loadBalancer.consistentHash",
            ActsNote("the key is computed", "httpHeaderName", "httpCookie", "useSourceIp", "httpQueryParameterName"),
            Validated(Ring, "ringHash", "maglev", "minimumRingSize")),
        SupportGroup.Of<RingHashSpec>("consistentHash.ringHash", Validated(Ring, "minimumRingSize")),
        SupportGroup.Of<MaglevSpec>("consistentHash.maglev", Validated(Ring, "tableSize")),
        SupportGroup.Of<HTTPCookieSpec>("consistentHash.httpCookie", Acts("name", "path", "ttl", "attributes")),
        SupportGroup.Of<HTTPCookieAttributeSpec>("consistentHash.httpCookie.attributes[]", Acts("name", "value")),
        SupportGroup.Of<LocalityLbSettingSpec>("loadBalancer.localityLbSetting", Acts("distribute", "failover", "failoverPriority", "enabled")),
        SupportGroup.Of<LocalityDistributeSpec>("localityLbSetting.distribute[]", Acts("from", "to")),
        SupportGroup.Of<LocalityFailoverSpec>("localityLbSetting.failover[]", Acts("from", "to")),
        SupportGroup.Of<ZoneAwareLbSettingSpec>("loadBalancer.zoneAwareLbSetting", Validated(NotYet, "enabled", "failover", "failoverPriority", "minClusterSize")),
        SupportGroup.Of<ConnectionPoolSpec>("connectionPool", Acts("tcp", "http")),
        SupportGroup.Of<TCPSettingsSpec>("connectionPool.tcp", Acts("maxConnections", "connectTimeout", "tcpKeepalive", "maxConnectionDuration", "idleTimeout")),
        SupportGroup.Of<TcpKeepaliveSpec>("connectionPool.tcp.tcpKeepalive", Acts("probes", "time", "interval")),
        SupportGroup.Of<HTTPSettingsSpec>(
            "connectionPool.http",
            Acts("http1MaxPendingRequests", "http2MaxRequests", "maxRetries", "idleTimeout", "h2UpgradePolicy", "useClientProtocol", "http2KeepAlive"),
            ActsNote("1 (no keep-alive) only; use tcp.maxConnectionDuration to recycle connections", "maxRequestsPerConnection"),
            NotApplicable("the endpoint says how many streams a connection carries; another one is opened when it is full", "maxConcurrentStreams")),
        SupportGroup.Of<Http2KeepAliveSpec>("connectionPool.http.http2KeepAlive", Acts("interval", "timeout")),
        SupportGroup.Of<OutlierDetectionSpec>(
            "outlierDetection",
            Acts("splitExternalLocalOriginErrors", "consecutiveLocalOriginFailures", "consecutiveGatewayErrors", "consecutive5xxErrors", "interval", "baseEjectionTime", "maxEjectionPercent", "minHealthPercent", "outlierDetectionHttpErrorCodes"),
            NotApplicable("Istio removed it", "consecutiveErrors")),
        SupportGroup.Of<ClientTLSSettingsSpec>(
            "tls",
            Acts("mode", "clientCertificate", "privateKey", "caCertificates", "subjectAltNames", "sni", "insecureSkipVerify"),
            ActsNote("a Secret of the workload's namespace; in a rule with a workloadSelector, or at a gateway", "credentialName"),
            Validated(NotYet, "caCrl")));
}
