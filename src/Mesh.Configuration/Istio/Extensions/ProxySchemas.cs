using Mesh.Configuration.Schema;
using static Mesh.Configuration.Istio.CommonSchemas;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.Istio;

/// <summary>Schemas of the kinds that set up a proxy process. They are checked and never act here. Source: Istio's CustomResourceDefinitions.</summary>
internal static class ProxySchemas
{
    private static readonly ObjectSchema s_match = new ObjectSchema
    {
        { "context", Word("ANY", "SIDECAR_INBOUND", "SIDECAR_OUTBOUND", "GATEWAY", "WAYPOINT") },
        { "proxy", new ObjectSchema { { "proxyVersion", Text }, { "metadata", TextMap } } },
        { "listener", new ObjectSchema().Open() },
        { "routeConfiguration", new ObjectSchema().Open() },
        { "cluster", new ObjectSchema { { "portNumber", UInt }, { "service", Text }, { "subset", Text }, { "name", Text } } },
        { "waypoint", new ObjectSchema().Open() },
    }
    .OneOf("listener", "routeConfiguration", "cluster", "waypoint")
    .Rule("only support waypointMatch when context is WAYPOINT", static match => !match.Has("waypoint") || match.TextAt("context") == "WAYPOINT")
    .Rule("only waypointMatch is supported when context is WAYPOINT", static match => match.TextAt("context") != "WAYPOINT" || match.CountOf("listener", "routeConfiguration", "cluster") == 0);

    private static readonly ObjectSchema s_patch = new()
    {
        {
            "operation",
            Word("INVALID", "MERGE", "ADD", "REMOVE", "INSERT_BEFORE", "INSERT_AFTER", "INSERT_FIRST", "REPLACE", "MERGE_AND_REPLACE_LIST")
        },
        { "value", Anything },
        { "filterClass", Word("UNSPECIFIED", "AUTHN", "AUTHZ", "STATS") },
    };

    public static KindSchema EnvoyFilter { get; } = new(new ObjectSchema
    {
        { "workloadSelector", WorkloadSelector },
        { "targetRefs", TargetRefs },
        {
            "configPatches",
            ListOf(new ObjectSchema
            {
                {
                    "applyTo",
                    Word(
                        "INVALID", "LISTENER", "FILTER_CHAIN", "NETWORK_FILTER", "HTTP_FILTER", "ROUTE_CONFIGURATION", "VIRTUAL_HOST", "HTTP_ROUTE", "CLUSTER",
                        "EXTENSION_CONFIG", "BOOTSTRAP", "LISTENER_FILTER")
                },
                { "match", s_match },
                { "patch", s_patch },
            })
        },
        { "priority", Int },
    }.Rule("only one of targetRefs or workloadSelector can be set", static spec => spec.CountOf("workloadSelector", "targetRefs") <= 1));

    public static KindSchema ProxyConfig { get; } = new(new ObjectSchema
    {
        { "selector", PolicySelector },
        { "concurrency", new IntegerSchema(0, int.MaxValue) { IsNullable = true } },
        { "environmentVariables", MapOf(TextOf(0, 2048)) },
        { "image", new ObjectSchema { { "imageType", Text } } },
    });
}
