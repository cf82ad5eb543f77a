using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Reads an HTTPRoute with the defaults of its CRD: no rules is one rule, no matches is one match of the prefix <c>/</c>.</summary>
internal static class HTTPRouteReader
{
    private static readonly ModelList<HTTPRouteMatchSpec> s_anyPath = [new()];

    public static HTTPRouteSpec Read(ObjectReader reader)
    {
        var hasRules = reader.Has("rules");
        return new HTTPRouteSpec
        {
            ParentRefs = reader.List("parentRefs", CommonReaders.ParentRef),
            UseDefaultGateways = reader.Choice<DefaultScope>("useDefaultGateways"),
            Hostnames = reader.Strings("hostnames"),
            Rules = hasRules ? reader.List("rules", Rule) : [new HTTPRouteRuleSpec { Matches = s_anyPath }],
        };
    }

    private static HTTPRouteRuleSpec Rule(ObjectReader reader) => new()
    {
        Name = reader.String("name"),
        Matches = reader.List("matches", HTTPRouteMatchReader.Read) is { Count: > 0 } matches ? matches : s_anyPath,
        Filters = reader.List("filters", HTTPRouteFilterReader.Read),
        BackendRefs = reader.List("backendRefs", BackendRef),
        Timeouts = reader.Object("timeouts", static r => new HTTPRouteTimeoutsSpec
        {
            Request = r.GatewayDuration("request"),
            BackendRequest = r.GatewayDuration("backendRequest"),
        }),
        Retry = reader.Object("retry", static r => new HTTPRouteRetrySpec
        {
            Codes = r.Ints("codes"),
            Attempts = r.Int32("attempts"),
            Backoff = r.GatewayDuration("backoff"),
        }),
        SessionPersistence = reader.Object("sessionPersistence", SessionPersistenceReader.Read),
    };

    private static HTTPBackendRefSpec BackendRef(ObjectReader reader) => new()
    {
        Group = reader.String("group") ?? GatewayApiGroup.Core,
        Kind = reader.String("kind") ?? "Service",
        Name = reader.RequiredString("name"),
        Namespace = reader.String("namespace"),
        Port = reader.Int32("port"),
        Weight = reader.Int32("weight") ?? 1,
        Filters = reader.List("filters", HTTPRouteFilterReader.Read),
    };
}
