using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Reads the fields of a MeshConfig. Those without effect in a calling process are known, too, and say so.</summary>
internal static class MeshConfigFields
{
    private const string Sockets = "nothing is captured or listened to in process";
    private const string Kubernetes = "it steers Istio's control plane in Kubernetes";
    private const string Telemetry = "the application's own OpenTelemetry set-up decides over telemetry";
    private const string Serving = "it acts where requests arrive, not in a calling process";
    private const string Later = "parsed but not acted on yet";

    /// <summary>Fields that do not act here, with the reason.</summary>
    internal static IReadOnlyList<(string Name, string Why)> WithoutEffect { get; } =
    [
        ("proxyListenPort", Sockets), ("proxyInboundListenPort", Sockets), ("proxyHttpPort", Sockets), ("inboundTrafficPolicy", Sockets),
        ("protocolDetectionTimeout", "requests are HTTP from the start, nothing is detected"), ("hboneIdleTimeout", "there are no ambient tunnels in process"),
        ("ingressClass", Kubernetes), ("ingressService", Kubernetes), ("ingressControllerMode", Kubernetes), ("ingressSelector", Kubernetes),
        ("configSources", Kubernetes), ("certificates", Kubernetes), ("serviceScopeConfigs", Kubernetes), ("ca", Kubernetes), ("enablePrometheusMerge", Kubernetes),
        ("discoverySelectors", Kubernetes), ("serviceEntryVisibility", Kubernetes),
        ("enableTracing", Telemetry), ("accessLogFile", Telemetry), ("accessLogFormat", Telemetry), ("accessLogEncoding", Telemetry),
        ("enableEnvoyAccessLogService", Telemetry), ("disableEnvoyListenerLog", Telemetry), ("inboundClusterStatName", Telemetry),
        ("outboundClusterStatName", Telemetry), ("extensionProviders", Telemetry), ("defaultProviders", Telemetry), ("defaultConfig", "it configures proxy processes"),
        ("pathNormalization", Serving), ("trustDomainAliases", Serving), ("defaultInboundHttpRetryPolicy", Serving),
        ("enableAutoMtls", Later), ("trustDomain", Later), ("caCertificates", Later), ("meshMTLS", Later), ("tlsDefaults", Later), ("verifyCertificateAtClient", Later),
        ("zoneAwareLbSetting", Later), ("serviceSettings", "there is one cluster in process"),
    ];

    public static MeshConfigSpec Read(ObjectReader reader)
    {
        foreach (var (name, why) in WithoutEffect)
        {
            reader.Ignore(name, why == Later ? Later : $"read, but without effect here: {why}");
        }

        return new MeshConfigSpec
        {
            ConnectTimeout = reader.Duration("connectTimeout"),
            TcpKeepalive = reader.Object("tcpKeepalive", ConnectionPoolReader.ReadKeepalive),
            OutboundTrafficPolicy = reader.Object("outboundTrafficPolicy", ReadOutbound)?.Mode,
            DefaultServiceExportTo = reader.Strings("defaultServiceExportTo"),
            DefaultVirtualServiceExportTo = reader.Strings("defaultVirtualServiceExportTo"),
            DefaultDestinationRuleExportTo = reader.Strings("defaultDestinationRuleExportTo"),
            RootNamespace = reader.Text("rootNamespace"),
            LocalityLbSetting = reader.Object("localityLbSetting", LoadBalancerReader.ReadLocality),
            DnsRefreshRate = reader.Duration("dnsRefreshRate"),
            H2UpgradePolicy = reader.Enum<H2UpgradePolicy>(
                "h2UpgradePolicy",
                [("DEFAULT", Istio.H2UpgradePolicy.Default), ("DO_NOT_UPGRADE", Istio.H2UpgradePolicy.DoNotUpgrade), ("UPGRADE", Istio.H2UpgradePolicy.Upgrade)]),
            DefaultHttpRetryPolicy = reader.Object("defaultHttpRetryPolicy", HTTPActionReader.Retry),
            DefaultTrafficPolicy = reader.Object("defaultTrafficPolicy", static r => new DefaultTrafficPolicySpec
            {
                ConnectionPool = r.Object("connectionPool", ConnectionPoolReader.Read),
                OutlierDetection = r.Object("outlierDetection", DestinationRuleReader.ReadOutlierDetection),
            }),
        };
    }

    private static OutboundTrafficPolicySpec ReadOutbound(ObjectReader reader)
    {
        reader.Ignore("tls", "read, but without effect here: TLS towards unknown hosts is the client's own affair");
        return new OutboundTrafficPolicySpec
        {
            // Towards unknown hosts a process resolves names itself, so the dynamic mode is the plain one.
            Mode = reader.Enum<OutboundTrafficPolicyMode>(
                "mode",
                [("REGISTRY_ONLY", OutboundTrafficPolicyMode.RegistryOnly), ("ALLOW_ANY", OutboundTrafficPolicyMode.AllowAny), ("ALLOW_ANY_DYNAMIC_DNS", OutboundTrafficPolicyMode.AllowAny)]),
        };
    }
}
