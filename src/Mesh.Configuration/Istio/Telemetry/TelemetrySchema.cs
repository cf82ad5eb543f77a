using Mesh.Configuration.Schema;
using static Mesh.Configuration.Istio.CommonSchemas;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.Istio;

/// <summary>The schema of a Telemetry document. Source: Istio's CustomResourceDefinition.</summary>
internal static class TelemetrySchema
{
    private static readonly ListSchema s_providers = ListOf(new ObjectSchema { { "name", TextOf(1) } }.Required("name"));

    private static readonly TextSchema s_mode = Word("CLIENT_AND_SERVER", "CLIENT", "SERVER");

    private static readonly ObjectSchema s_customTag = new ObjectSchema
    {
        { "literal", new ObjectSchema { { "value", TextOf(1) } }.Required("value") },
        { "environment", new ObjectSchema { { "name", TextOf(1) }, { "defaultValue", Text } }.Required("name") },
        { "header", new ObjectSchema { { "name", TextOf(1) }, { "defaultValue", Text } }.Required("name") },
        { "formatter", new ObjectSchema { { "value", TextOf(1) } }.Required("value") },
    }.OneOf("literal", "environment", "header", "formatter");

    private static readonly ObjectSchema s_tracing = new()
    {
        { "match", new ObjectSchema { { "mode", s_mode } } },
        { "providers", s_providers },
        { "randomSamplingPercentage", new NumberSchema(0, 100) { IsNullable = true } },
        { "disableSpanReporting", OptionalFlag },
        { "customTags", MapOf(s_customTag) },
        { "useRequestIdForTraceSampling", OptionalFlag },
        { "enableIstioTags", OptionalFlag },
        { "disableContextPropagation", OptionalFlag },
    };

    private static readonly ObjectSchema s_tagOverride = new ObjectSchema { { "operation", Word("UPSERT", "REMOVE") }, { "value", Text } }
        .Rule("value must be set when operation is UPSERT", static tag => tag.TextAt("operation") != "UPSERT" || tag.TextAt("value") is { Length: > 0 })
        .Rule("value must not be set when operation is REMOVE", static tag => tag.TextAt("operation") != "REMOVE" || !tag.Has("value"));

    private static readonly ObjectSchema s_metricMatch = new ObjectSchema
    {
        {
            "metric",
            Word(
                "ALL_METRICS", "REQUEST_COUNT", "REQUEST_DURATION", "REQUEST_SIZE", "RESPONSE_SIZE", "TCP_OPENED_CONNECTIONS", "TCP_CLOSED_CONNECTIONS",
                "TCP_SENT_BYTES", "TCP_RECEIVED_BYTES", "GRPC_REQUEST_MESSAGES", "GRPC_RESPONSE_MESSAGES")
        },
        { "customMetric", TextOf(1) },
        { "mode", s_mode },
    }.OneOf("metric", "customMetric");

    private static readonly ObjectSchema s_metrics = new()
    {
        { "providers", s_providers },
        { "overrides", ListOf(new ObjectSchema { { "match", s_metricMatch }, { "disabled", OptionalFlag }, { "tagOverrides", MapOf(s_tagOverride) } }) },
        { "reportingInterval", Duration },
    };

    private static readonly ObjectSchema s_accessLogging = new()
    {
        { "match", new ObjectSchema { { "mode", s_mode } } },
        { "providers", s_providers },
        { "disabled", OptionalFlag },
        { "filter", new ObjectSchema { { "expression", Text } } },
    };

    public static KindSchema Schema { get; } = new(new ObjectSchema
    {
        { "selector", PolicySelector },
        { "targetRef", TargetRef },
        { "targetRefs", TargetRefs },
        { "tracing", ListOf(s_tracing) },
        { "metrics", ListOf(s_metrics) },
        { "accessLogging", ListOf(s_accessLogging) },
    }.Rule(OneAttachment, static spec => spec.CountOf("selector", "targetRef", "targetRefs") <= 1));
}
