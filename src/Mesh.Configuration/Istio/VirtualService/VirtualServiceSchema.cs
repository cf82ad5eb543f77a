using Mesh.Configuration.Schema;
using static Mesh.Configuration.Istio.CommonSchemas;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.Istio;

/// <summary>The schema of a VirtualService. Source: Istio's CustomResourceDefinition.</summary>
internal static class VirtualServiceSchema
{
    private static readonly ObjectSchema s_match = new()
    {
        { "name", Text },
        { "uri", StringMatch },
        { "scheme", StringMatch },
        { "method", StringMatch },
        { "authority", StringMatch },
        { "headers", MapOf(StringMatch) },
        { "port", UInt },
        { "sourceLabels", TextMap },
        { "gateways", Texts },
        { "queryParams", MapOf(StringMatch) },
        { "ignoreUriCase", Flag },
        { "withoutHeaders", MapOf(StringMatch) },
        { "sourceNamespace", Text },
        { "statPrefix", Text },
    };

    private static readonly ObjectSchema s_redirect = new ObjectSchema
    {
        { "uri", Text },
        { "authority", Text },
        { "port", UInt },
        { "derivePort", Word("FROM_PROTOCOL_DEFAULT", "FROM_REQUEST_PORT") },
        { "scheme", Text },
        { "redirectCode", UInt },
        { "prefixRewrite", Text },
    }.OneOf("port", "derivePort");

    private static readonly ObjectSchema s_retries = new()
    {
        { "attempts", Int },
        { "perTryTimeout", Duration },
        { "retryOn", Text },
        { "retryRemoteLocalities", OptionalFlag },
        { "retryIgnorePreviousHosts", OptionalFlag },
        { "backoff", Duration },
    };

    private static readonly ObjectSchema s_fault = new()
    {
        {
            "delay",
            new ObjectSchema { { "percent", Int }, { "fixedDelay", Duration }, { "exponentialDelay", Duration }, { "percentage", Percent } }.OneOf("fixedDelay", "exponentialDelay")
        },
        {
            "abort",
            new ObjectSchema { { "httpStatus", Int }, { "grpcStatus", Text }, { "http2Error", Text }, { "percentage", Percent } }.OneOf("httpStatus", "grpcStatus", "http2Error")
        },
    };

    private static readonly ObjectSchema s_cors = new()
    {
        { "allowOrigin", Texts },
        { "allowOrigins", ListOf(StringMatch) },
        { "allowMethods", Texts },
        { "allowHeaders", Texts },
        { "exposeHeaders", Texts },
        { "maxAge", Duration },
        { "allowCredentials", OptionalFlag },
        { "unmatchedPreflights", Word("UNSPECIFIED", "FORWARD", "IGNORE") },
    };

    private static readonly ObjectSchema s_http = new()
    {
        { "name", Text },
        { "match", ListOf(s_match) },
        { "route", ListOf(new ObjectSchema { { "destination", Destination }, { "weight", Int }, { "headers", Headers } }.Required("destination")) },
        { "redirect", s_redirect },
        {
            "directResponse",
            new ObjectSchema { { "status", UInt }, { "body", new ObjectSchema { { "string", Text }, { "bytes", Text } }.OneOf("string", "bytes") } }.Required("status")
        },
        { "delegate", new ObjectSchema { { "name", Text }, { "namespace", Text } } },
        {
            "rewrite",
            new ObjectSchema { { "uri", Text }, { "authority", Text }, { "uriRegexRewrite", new ObjectSchema { { "match", Text }, { "rewrite", Text } } } }
        },
        { "timeout", Duration },
        { "retries", s_retries },
        { "fault", s_fault },
        { "mirror", Destination },
        { "mirrors", ListOf(new ObjectSchema { { "destination", Destination }, { "percentage", Percent } }.Required("destination")) },
        { "mirrorPercent", OptionalUInt },
        { "mirror_percent", OptionalUInt },
        { "mirrorPercentage", Percent },
        { "corsPolicy", s_cors },
        { "headers", Headers },
    };

    private static readonly ListSchema s_weighted = ListOf(new ObjectSchema { { "destination", Destination }, { "weight", Int } }.Required("destination"));

    private static readonly ObjectSchema s_tls = new ObjectSchema
    {
        {
            "match",
            ListOf(new ObjectSchema
            {
                { "sniHosts", Texts },
                { "destinationSubnets", Texts },
                { "port", UInt },
                { "sourceLabels", TextMap },
                { "gateways", Texts },
                { "sourceNamespace", Text },
            }.Required("sniHosts"))
        },
        { "route", s_weighted },
    }.Required("match");

    private static readonly ObjectSchema s_tcp = new()
    {
        {
            "match",
            ListOf(new ObjectSchema
            {
                { "destinationSubnets", Texts },
                { "port", UInt },
                { "sourceSubnet", Text },
                { "sourceLabels", TextMap },
                { "gateways", Texts },
                { "sourceNamespace", Text },
            })
        },
        { "route", s_weighted },
    };

    public static KindSchema Schema { get; } = new(new ObjectSchema
    {
        { "hosts", Texts },
        { "gateways", Texts },
        { "http", ListOf(s_http) },
        { "tls", ListOf(s_tls) },
        { "tcp", ListOf(s_tcp) },
        { "exportTo", Texts },
    });
}
