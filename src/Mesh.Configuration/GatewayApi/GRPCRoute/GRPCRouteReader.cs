using Mesh.Configuration.Reading;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Reads a GRPCRoute.</summary>
internal static class GRPCRouteReader
{
    public static GRPCRouteSpec Read(ObjectReader reader) => new()
    {
        ParentRefs = reader.List("parentRefs", CommonReaders.ParentRef),
        UseDefaultGateways = reader.Choice<DefaultScope>("useDefaultGateways"),
        Hostnames = reader.Strings("hostnames"),
        Rules = reader.List("rules", Rule),
    };

    private static GRPCRouteRuleSpec Rule(ObjectReader reader) => new()
    {
        Name = reader.String("name"),
        Matches = reader.List("matches", static r => new GRPCRouteMatchSpec
        {
            Method = r.Object("method", static m => new GRPCMethodMatchSpec
            {
                Type = m.Choice<ValueMatchType>("type") ?? ValueMatchType.Exact,
                Service = m.String("service"),
                Method = m.String("method"),
            }),
            Headers = r.List("headers", HTTPRouteMatchReader.Header),
        }),
        Filters = reader.List("filters", Filter),
        BackendRefs = reader.List("backendRefs", BackendRef),
        SessionPersistence = reader.Object("sessionPersistence", SessionPersistenceReader.Read),
    };

    private static GRPCBackendRefSpec BackendRef(ObjectReader reader) => new()
    {
        Group = reader.String("group") ?? GatewayApiGroup.Core,
        Kind = reader.String("kind") ?? "Service",
        Name = reader.RequiredString("name"),
        Namespace = reader.String("namespace"),
        Port = reader.Int32("port"),
        Weight = reader.Int32("weight") ?? 1,
        Filters = reader.List("filters", Filter),
    };

    private static GRPCRouteFilterSpec Filter(ObjectReader reader) => new()
    {
        Type = reader.RequiredChoice<GRPCRouteFilterType>("type"),
        RequestHeaderModifier = reader.Object("requestHeaderModifier", HTTPRouteFilterReader.RequestHeaders),
        ResponseHeaderModifier = reader.Object("responseHeaderModifier", HTTPRouteFilterReader.Headers),
        RequestMirror = reader.Object("requestMirror", HTTPRouteFilterReader.Mirror),
        ExtensionRef = reader.Object("extensionRef", CommonReaders.LocalObject),
    };
}
