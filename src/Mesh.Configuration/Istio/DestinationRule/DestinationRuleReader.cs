using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Reads a DestinationRule and the frame of its policies.</summary>
internal static class DestinationRuleReader
{
    public static DestinationRuleSpec Read(ObjectReader reader) => new()
    {
        Host = reader.RequiredString("host"),
        TrafficPolicy = reader.Object("trafficPolicy", ReadPolicy),
        Subsets = reader.List("subsets", ReadSubset),
        ExportTo = reader.Strings("exportTo"),
        WorkloadSelector = reader.Object("workloadSelector", CommonReaders.TypedWorkloadSelector),
    };

    private static SubsetSpec ReadSubset(ObjectReader reader) => new()
    {
        Name = reader.RequiredString("name"),
        Labels = reader.StringMap("labels"),
        TrafficPolicy = reader.Object("trafficPolicy", ReadPolicy),
    };

    private static TrafficPolicySpec ReadPolicy(ObjectReader reader) => new()
    {
        LoadBalancer = reader.Object("loadBalancer", LoadBalancerReader.Read),
        ConnectionPool = reader.Object("connectionPool", ConnectionPoolReader.Read),
        OutlierDetection = reader.Object("outlierDetection", ReadOutlierDetection),
        Tls = reader.Object("tls", ReadTls),
        PortLevelSettings = reader.List("portLevelSettings", ReadPortPolicy),
        Tunnel = reader.Object("tunnel", static r => new TunnelSettingsSpec
        {
            Protocol = r.Text("protocol"),
            TargetHost = r.String("targetHost") ?? "",
            TargetPort = r.Int32("targetPort") ?? 0,
        }),
        ProxyProtocol = reader.Object("proxyProtocol", static r => new ProxyProtocolSpec
        {
            Version = r.Enum<ProxyProtocolVersion>("version", [("V1", ProxyProtocolVersion.V1), ("V2", ProxyProtocolVersion.V2)]),
        }),
        RetryBudget = reader.Object("retryBudget", static r => new RetryBudgetSpec
        {
            Percent = r.Number("percent", double.MinValue, double.MaxValue),
            MinRetryConcurrency = r.Int32("minRetryConcurrency"),
            BudgetInterval = r.Duration("budgetInterval"),
        }),
    };

    private static PortTrafficPolicySpec ReadPortPolicy(ObjectReader reader) => new()
    {
        Port = reader.Required("port", CommonReaders.PortSelector, new PortSelectorSpec(0)),
        LoadBalancer = reader.Object("loadBalancer", LoadBalancerReader.Read),
        ConnectionPool = reader.Object("connectionPool", ConnectionPoolReader.Read),
        OutlierDetection = reader.Object("outlierDetection", ReadOutlierDetection),
        Tls = reader.Object("tls", ReadTls),
    };

    public static OutlierDetectionSpec ReadOutlierDetection(ObjectReader reader) => new()
    {
        ConsecutiveErrors = reader.Int32("consecutiveErrors"),
        SplitExternalLocalOriginErrors = reader.Bool("splitExternalLocalOriginErrors"),
        ConsecutiveLocalOriginFailures = reader.Int32("consecutiveLocalOriginFailures"),
        ConsecutiveGatewayErrors = reader.Int32("consecutiveGatewayErrors"),
        Consecutive5xxErrors = reader.Int32("consecutive5xxErrors"),
        Interval = reader.Duration("interval"),
        BaseEjectionTime = reader.Duration("baseEjectionTime"),
        MaxEjectionPercent = reader.Int32("maxEjectionPercent"),
        MinHealthPercent = reader.Int32("minHealthPercent"),
        OutlierDetectionHttpErrorCodes = reader.Ints("outlierDetectionHttpErrorCodes"),
    };

    public static ClientTLSSettingsSpec ReadTls(ObjectReader reader) => new()
    {
        Mode = reader.Enum<ClientTLSMode>(
            "mode",
            [("DISABLE", ClientTLSMode.Disable), ("SIMPLE", ClientTLSMode.Simple), ("MUTUAL", ClientTLSMode.Mutual), ("ISTIO_MUTUAL", ClientTLSMode.IstioMutual)]),
        ClientCertificate = reader.Text("clientCertificate"),
        PrivateKey = reader.Text("privateKey"),
        CaCertificates = reader.Text("caCertificates"),
        CredentialName = reader.Text("credentialName"),
        SubjectAltNames = reader.Strings("subjectAltNames"),
        Sni = reader.Text("sni"),
        InsecureSkipVerify = reader.Bool("insecureSkipVerify"),
        CaCrl = reader.Text("caCrl"),
    };
}
