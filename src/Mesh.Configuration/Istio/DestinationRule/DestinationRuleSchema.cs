using Mesh.Configuration.Schema;
using static Mesh.Configuration.Istio.CommonSchemas;
using static Mesh.Configuration.Istio.ConnectionPoolSchema;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.Istio;

/// <summary>The schema of a DestinationRule. Source: Istio's CustomResourceDefinition.</summary>
internal static class DestinationRuleSchema
{
    private static readonly ObjectSchema s_consistentHash = new ObjectSchema
    {
        { "httpHeaderName", Text },
        {
            "httpCookie",
            new ObjectSchema
            {
                { "name", Text },
                { "path", Text },
                { "ttl", Duration },
                { "attributes", ListOf(new ObjectSchema { { "name", Text }, { "value", Text } }.Required("name")) },
            }.Required("name")
        },
        { "useSourceIp", Flag },
        { "httpQueryParameterName", Text },
        { "ringHash", new ObjectSchema { { "minimumRingSize", ULong } } },
        { "maglev", new ObjectSchema { { "tableSize", ULong } } },
        { "minimumRingSize", ULong },
    }.OneOf("httpHeaderName", "httpCookie", "useSourceIp", "httpQueryParameterName").OneOf("ringHash", "maglev");

    private static readonly ListSchema s_failover = ListOf(new ObjectSchema { { "from", Text }, { "to", Text } });

    private static readonly ObjectSchema s_loadBalancer = new ObjectSchema
    {
        { "simple", Word("UNSPECIFIED", "LEAST_CONN", "RANDOM", "PASSTHROUGH", "ROUND_ROBIN", "LEAST_REQUEST") },
        { "consistentHash", s_consistentHash },
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
            new ObjectSchema { { "enabled", OptionalFlag }, { "failover", s_failover }, { "failoverPriority", Texts }, { "minClusterSize", new IntegerSchema(0, orText: true) { IsNullable = true } } }
        },
        { "warmupDurationSecs", Duration },
        {
            "warmup",
            new ObjectSchema
            {
                { "duration", Duration },
                { "minimumPercent", new NumberSchema(0, 100) { IsNullable = true } },
                { "aggression", new NumberSchema(1) { IsNullable = true } },
            }.Required("duration")
        },
    }.OneOf("simple", "consistentHash");

    private static readonly ObjectSchema s_outlierDetection = new()
    {
        { "consecutiveErrors", Int },
        { "splitExternalLocalOriginErrors", Flag },
        { "consecutiveLocalOriginFailures", OptionalUInt },
        { "consecutiveGatewayErrors", OptionalUInt },
        { "consecutive5xxErrors", OptionalUInt },
        { "interval", Duration },
        { "baseEjectionTime", Duration },
        { "maxEjectionPercent", Int },
        { "minHealthPercent", Int },
        { "outlierDetectionHttpErrorCodes", ListOf(UInt) },
    };

    private static readonly ObjectSchema s_policy = new()
    {
        { "loadBalancer", s_loadBalancer },
        { "connectionPool", ConnectionPool },
        { "outlierDetection", s_outlierDetection },
        { "tls", ClientTls },
        {
            "portLevelSettings",
            ListOf(
                new ObjectSchema
                {
                    { "port", PortSelector },
                    { "loadBalancer", s_loadBalancer },
                    { "connectionPool", ConnectionPool },
                    { "outlierDetection", s_outlierDetection },
                    { "tls", ClientTls },
                },
                max: 4096)
        },
        { "tunnel", new ObjectSchema { { "protocol", Text }, { "targetHost", Text }, { "targetPort", UInt } }.Required("targetHost", "targetPort") },
        { "proxyProtocol", new ObjectSchema { { "version", Word("V1", "V2") } } },
        {
            "retryBudget",
            new ObjectSchema { { "percent", new NumberSchema(0, 100) { IsNullable = true } }, { "minRetryConcurrency", UInt }, { "budgetInterval", Duration } }
        },
    };

    public static KindSchema Schema { get; } = new(new ObjectSchema
    {
        { "host", Text },
        { "trafficPolicy", s_policy },
        { "subsets", ListOf(new ObjectSchema { { "name", Text }, { "labels", TextMap }, { "trafficPolicy", s_policy } }.Required("name")) },
        { "exportTo", Texts },
        { "workloadSelector", PolicySelector },
    }.Required("host"));
}
