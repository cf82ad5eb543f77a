using Mesh.Configuration.Schema;
using static Mesh.Configuration.Istio.CommonSchemas;
using static Mesh.Configuration.Schema.Fields;
using static Mesh.Configuration.Schema.ProtoFields;

namespace Mesh.Configuration.Istio;

/// <summary>The fields of a mesh's <c>defaultConfig</c>. The kind ProxyConfig is another message. Source: Istio mesh/v1alpha1 ProxyConfig.</summary>
internal static class MeshProxySchema
{
    private static readonly ObjectSchema s_service = new() { { "address", Text }, { "tlsSettings", ClientTls }, { "tcpKeepalive", Anything } };

    private static readonly ObjectSchema s_address = new() { { "address", Text } };

    private static readonly ObjectSchema s_named = new() { { "name", Text }, { "defaultValue", Text } };

    private static readonly ObjectSchema s_keyProvider = new() { { "pollDelay", Span }, { "fallback", OptionalFlag } };

    private static readonly ObjectSchema s_tracing = new ObjectSchema
    {
        { "zipkin", s_address },
        { "lightstep", new ObjectSchema { { "address", Text }, { "accessToken", Text } } },
        { "datadog", s_address },
        {
            "stackdriver",
            new ObjectSchema { { "debug", Flag }, { "maxNumberOfAttributes", Anything }, { "maxNumberOfAnnotations", Anything }, { "maxNumberOfMessageEvents", Anything } }
        },
        { "openCensusAgent", new ObjectSchema { { "address", Text }, { "context", ListOf(ExtensionProviderSchema.TraceContext) } } },
        {
            "customTags",
            MapOf(new ObjectSchema { { "literal", new ObjectSchema { { "value", Text } } }, { "environment", s_named }, { "header", s_named } }.OneOf("literal", "environment", "header"))
        },
        { "maxPathTagLength", UInt },
        { "sampling", Number },
        { "tlsSettings", ClientTls },
        { "enableIstioTags", OptionalFlag },
    }.OneOf("zipkin", "lightstep", "datadog", "stackdriver", "openCensusAgent");

    public static ObjectSchema ProxyConfig { get; } = new ObjectSchema
    {
        { "configPath", Text },
        { "binaryPath", Text },
        { "serviceCluster", Text },
        { "tracingServiceName", new ProtoEnumSchema("APP_LABEL_AND_NAMESPACE", "CANONICAL_NAME_ONLY", "CANONICAL_NAME_AND_NAMESPACE") },
        { "drainDuration", Span },
        { "discoveryAddress", Text },
        { "discoveryRefreshDelay", Span },
        { "zipkinAddress", Text },
        { "statsdUdpAddress", Text },
        { "envoyMetricsServiceAddress", Text },
        { "proxyAdminPort", Int },
        { "availabilityZone", Text },
        { "controlPlaneAuthPolicy", new ProtoEnumSchema("NONE", "MUTUAL_TLS", "INHERIT") },
        { "customConfigFile", Text },
        { "statNameLength", Int },
        { "concurrency", new IntegerSchema(int.MinValue, int.MaxValue) },
        { "proxyBootstrapTemplatePath", Text },
        { "interceptionMode", new ProtoEnumSchema("REDIRECT", "TPROXY", "NONE") },
        { "tracing", s_tracing },
        { "sds", new ObjectSchema { { "enabled", Flag }, { "k8sSaJwtPath", Text } } },
        { "envoyAccessLogService", s_service },
        { "envoyMetricsService", s_service },
        { "proxyMetadata", TextMap },
        { "runtimeValues", TextMap },
        { "statusPort", Int },
        { "extraStatTags", Texts },
        {
            "gatewayTopology",
            new ObjectSchema
            {
                { "numTrustedProxies", UInt },
                { "forwardClientCertDetails", new ProtoEnumSchema("UNDEFINED", "SANITIZE", "FORWARD_ONLY", "APPEND_FORWARD", "SANITIZE_SET", "ALWAYS_FORWARD_ONLY") },
                { "proxyProtocol", Anything },
            }
        },
        { "terminationDrainDuration", Span },
        { "meshId", Text },
        { "readinessProbe", Anything },
        { "proxyStatsMatcher", new ObjectSchema { { "inclusionPrefixes", Texts }, { "inclusionSuffixes", Texts }, { "inclusionRegexps", Texts } } },
        { "holdApplicationUntilProxyStarts", OptionalFlag },
        { "caCertificatesPem", Texts },
        { "image", new ObjectSchema { { "imageType", Text } } },
        { "privateKeyProvider", new ObjectSchema { { "cryptomb", s_keyProvider }, { "qat", s_keyProvider } }.OneOf("cryptomb", "qat") },
        { "proxyHeaders", Anything },
        { "fileFlushInterval", Span },
        { "fileFlushMinSizeKb", OptionalUInt },
        { "statsCompression", OptionalFlag },
        { "connectionSettings", Anything },
    }.OneOf("serviceCluster", "tracingServiceName");
}
