using Mesh.Configuration.Schema;
using static Mesh.Configuration.Schema.Fields;
using static Mesh.Configuration.Schema.ProtoFields;

namespace Mesh.Configuration.Istio;

/// <summary>The fields of <c>extensionProviders[]</c>. Source: Istio mesh/v1alpha1 MeshConfig.ExtensionProvider.</summary>
internal static class ExtensionProviderSchema
{
    private static readonly ListSchema s_headers =
        ListOf(new ObjectSchema { { "name", Text }, { "value", Text }, { "envName", Text } }.OneOf("value", "envName"));

    private static readonly ObjectSchema s_http = new() { { "path", Text }, { "timeout", Span }, { "headers", s_headers } };

    private static readonly ObjectSchema s_logFormat = new ObjectSchema { { "text", Text }, { "labels", Anything } }.OneOf("text", "labels");

    private static readonly ObjectSchema s_requestBody = new() { { "maxRequestBytes", UInt }, { "allowPartialMessage", Flag }, { "packAsBytes", Flag } };

    /// <summary>Names of the kinds of providers, of which an entry has one.</summary>
    public static string[] Kinds { get; } =
    [
        "envoyExtAuthzHttp", "envoyExtAuthzGrpc", "zipkin", "lightstep", "datadog", "stackdriver", "opencensus", "skywalking", "opentelemetry", "prometheus",
        "envoyFileAccessLog", "envoyHttpAls", "envoyTcpAls", "envoyOtelAls", "sds",
    ];

    public static ProtoEnumSchema TraceContext { get; } = new("UNSPECIFIED", "W3C_TRACE_CONTEXT", "GRPC_BIN", "CLOUD_TRACE_CONTEXT", "B3");

    public static ObjectSchema Provider { get; } = new ObjectSchema
    {
        { "name", Text },
        {
            "envoyExtAuthzHttp",
            Service(
                ("timeout", Span), ("pathPrefix", Text), ("failOpen", Flag), ("clearRouteCache", Flag), ("statusOnError", Text), ("includeHeadersInCheck", Texts),
                ("includeRequestHeadersInCheck", Texts), ("includeAdditionalHeadersInCheck", TextMap), ("includeRequestBodyInCheck", s_requestBody),
                ("headersToUpstreamOnAllow", Texts), ("headersToDownstreamOnDeny", Texts), ("headersToDownstreamOnAllow", Texts))
        },
        {
            "envoyExtAuthzGrpc",
            Service(("timeout", Span), ("failOpen", Flag), ("clearRouteCache", Flag), ("statusOnError", Text), ("includeRequestBodyInCheck", s_requestBody))
        },
        {
            "zipkin",
            Service(
                ("maxTagLength", UInt), ("enable64bitTraceId", Flag), ("path", Text), ("traceContextOption", new ProtoEnumSchema("USE_B3", "USE_B3_WITH_W3C_PROPAGATION")),
                ("timeout", Span), ("headers", s_headers))
        },
        { "lightstep", Service(("accessToken", Text), ("maxTagLength", UInt)) },
        { "datadog", Service(("maxTagLength", UInt)) },
        {
            "stackdriver",
            new ObjectSchema
            {
                { "debug", Flag },
                { "maxNumberOfAttributes", Anything },
                { "maxNumberOfAnnotations", Anything },
                { "maxNumberOfMessageEvents", Anything },
                { "maxTagLength", UInt },
                { "logging", new ObjectSchema { { "labels", TextMap } } },
            }
        },
        { "opencensus", Service(("context", ListOf(TraceContext)), ("maxTagLength", UInt)) },
        { "skywalking", Service(("accessToken", Text)) },
        {
            "opentelemetry",
            Service(
                ("maxTagLength", UInt), ("http", s_http), ("grpc", new ObjectSchema { { "timeout", Span }, { "initialMetadata", s_headers } }),
                ("resourceDetectors", new ObjectSchema { { "environment", Anything }, { "dynatrace", Anything } }), ("serviceAttributeEnrichment", Anything),
                ("dynatraceSampler", new ObjectSchema
                {
                    { "tenant", Text },
                    { "clusterId", Int },
                    { "rootSpansPerMinute", UInt },
                    { "httpService", Service(("http", s_http)) },
                }))
        },
        { "prometheus", new ObjectSchema() },
        { "envoyFileAccessLog", new ObjectSchema { { "path", Text }, { "logFormat", s_logFormat }, { "omitEmptyValues", Flag } } },
        {
            "envoyHttpAls",
            Service(
                ("logName", Text), ("filterStateObjectsToLog", Texts), ("additionalRequestHeadersToLog", Texts), ("additionalResponseHeadersToLog", Texts),
                ("additionalResponseTrailersToLog", Texts))
        },
        { "envoyTcpAls", Service(("logName", Text), ("filterStateObjectsToLog", Texts)) },
        { "envoyOtelAls", Service(("logName", Text), ("logFormat", new ObjectSchema { { "text", Text }, { "labels", Anything } })) },
        { "sds", Service(("name", Text)) },
    }.OneOf(Kinds);

    private static ObjectSchema Service(params ReadOnlySpan<(string Name, FieldSchema Schema)> others)
    {
        var schema = new ObjectSchema { { "service", Text }, { "port", UInt } };
        foreach (var (name, field) in others)
        {
            schema.Add(name, field);
        }

        return schema;
    }
}
