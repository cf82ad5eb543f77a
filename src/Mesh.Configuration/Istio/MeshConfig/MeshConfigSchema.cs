using Mesh.Configuration.Schema;
using static Mesh.Configuration.Istio.CommonSchemas;
using static Mesh.Configuration.Schema.Fields;
using static Mesh.Configuration.Schema.ProtoFields;

namespace Mesh.Configuration.Istio;

/// <summary>The fields of MeshConfig and MeshNetworks with their types. Neither is a Kubernetes object: what counts is protobuf's JSON form. Source: Istio mesh/v1alpha1.</summary>
internal static class MeshConfigSchema
{
    private static readonly ObjectSchema s_retries = new()
    {
        { "attempts", Int },
        { "perTryTimeout", Span },
        { "retryOn", Text },
        { "retryRemoteLocalities", OptionalFlag },
        { "retryIgnorePreviousHosts", OptionalFlag },
        { "backoff", Span },
    };

    private static readonly ListSchema s_failover = ListOf(new ObjectSchema { { "from", Text }, { "to", Text } });

    private static readonly ObjectSchema s_labels = new()
    {
        { "matchLabels", TextMap },
        { "matchExpressions", ListOf(new ObjectSchema { { "key", Text }, { "operator", Text }, { "values", Texts } }) },
    };

    private static readonly ObjectSchema s_tls = new()
    {
        { "minProtocolVersion", new ProtoEnumSchema("TLS_AUTO", "TLSV1_2", "TLSV1_3") },
        { "ecdhCurves", Texts },
        { "cipherSuites", Texts },
    };

    public static ObjectSchema Mesh { get; } = new()
    {
        { "proxyListenPort", Int },
        { "proxyInboundListenPort", Int },
        { "proxyHttpPort", Int },
        { "connectTimeout", Span },
        { "hboneIdleTimeout", Span },
        { "protocolDetectionTimeout", Span },
        { "tcpKeepalive", new ObjectSchema { { "probes", UInt }, { "time", Span }, { "interval", Span } } },
        { "ingressClass", Text },
        { "ingressService", Text },
        { "ingressControllerMode", new ProtoEnumSchema("UNSPECIFIED", "OFF", "DEFAULT", "STRICT") },
        { "ingressSelector", Text },
        { "enableTracing", Flag },
        { "accessLogFile", Text },
        { "accessLogFormat", Text },
        { "accessLogEncoding", new ProtoEnumSchema("TEXT", "JSON") },
        { "enableEnvoyAccessLogService", Flag },
        { "disableEnvoyListenerLog", Flag },
        { "defaultConfig", MeshProxySchema.ProxyConfig },
        {
            "outboundTrafficPolicy",
            new ObjectSchema { { "mode", new ProtoEnumSchema("REGISTRY_ONLY", "ALLOW_ANY", "ALLOW_ANY_DYNAMIC_DNS") }, { "tls", ClientTls } }
        },
        { "inboundTrafficPolicy", new ObjectSchema { { "mode", new ProtoEnumSchema("PASSTHROUGH", "LOCALHOST") } } },
        {
            "configSources",
            ListOf(new ObjectSchema { { "address", Text }, { "tlsSettings", ClientTls }, { "subscribedResources", ListOf(new ProtoEnumSchema("CONFIG_REGISTRY", "SERVICE_REGISTRY")) } })
        },
        { "enableAutoMtls", OptionalFlag },
        { "trustDomain", Text },
        { "trustDomainAliases", Texts },
        {
            "caCertificates",
            ListOf(new ObjectSchema { { "pem", Text }, { "spiffeBundleUrl", Text }, { "certSigners", Texts }, { "trustDomains", Texts } }.OneOf("pem", "spiffeBundleUrl"))
        },
        { "defaultServiceExportTo", Texts },
        { "defaultVirtualServiceExportTo", Texts },
        { "defaultDestinationRuleExportTo", Texts },
        { "rootNamespace", Text },
        {
            "localityLbSetting",
            new ObjectSchema
            {
                { "distribute", ListOf(new ObjectSchema { { "from", Text }, { "to", MapOf(UInt) } }) },
                { "failover", s_failover },
                { "failoverPriority", Texts },
                { "enabled", OptionalFlag },
            }
        },
        {
            "zoneAwareLbSetting",
            new ObjectSchema { { "enabled", OptionalFlag }, { "failover", s_failover }, { "failoverPriority", Texts }, { "minClusterSize", UInt } }
        },
        { "dnsRefreshRate", Span },
        { "h2UpgradePolicy", new ProtoEnumSchema("DEFAULT", "DO_NOT_UPGRADE", "UPGRADE") },
        { "inboundClusterStatName", Text },
        { "outboundClusterStatName", Text },
        { "certificates", ListOf(new ObjectSchema { { "secretName", Text }, { "dnsNames", Texts } }) },
        { "serviceSettings", ListOf(new ObjectSchema { { "settings", new ObjectSchema { { "clusterLocal", Flag } } }, { "hosts", Texts } }) },
        {
            "serviceScopeConfigs",
            ListOf(new ObjectSchema { { "namespaceSelector", s_labels }, { "servicesSelector", s_labels }, { "scope", new ProtoEnumSchema("LOCAL", "GLOBAL") } })
        },
        { "enablePrometheusMerge", OptionalFlag },
        { "verifyCertificateAtClient", OptionalFlag },
        { "ca", new ObjectSchema { { "address", Text }, { "tlsSettings", ClientTls }, { "requestTimeout", Span }, { "istiodSide", Flag } } },
        { "extensionProviders", ListOf(ExtensionProviderSchema.Provider) },
        { "defaultProviders", new ObjectSchema { { "tracing", Texts }, { "metrics", Texts }, { "accessLogging", Texts } } },
        { "discoverySelectors", ListOf(s_labels) },
        { "pathNormalization", new ObjectSchema { { "normalization", new ProtoEnumSchema("DEFAULT", "NONE", "BASE", "MERGE_SLASHES", "DECODE_AND_MERGE_SLASHES") } } },
        { "defaultHttpRetryPolicy", s_retries },
        { "defaultInboundHttpRetryPolicy", s_retries },
        { "meshMTLS", s_tls },
        { "tlsDefaults", s_tls },
        { "defaultTrafficPolicy", new ObjectSchema { { "connectionPool", Anything }, { "outlierDetection", Anything } } },
        { "serviceEntryVisibility", Anything },
    };

    public static ObjectSchema Networks { get; } = new()
    {
        {
            "networks",
            MapOf(new ObjectSchema
            {
                { "endpoints", ListOf(new ObjectSchema { { "fromCidr", Text }, { "fromRegistry", Text } }.OneOf("fromCidr", "fromRegistry")) },
                {
                    "gateways",
                    ListOf(new ObjectSchema { { "registryServiceName", Text }, { "address", Text }, { "port", UInt }, { "locality", Text } }.OneOf("registryServiceName", "address"))
                },
            })
        },
    };
}
