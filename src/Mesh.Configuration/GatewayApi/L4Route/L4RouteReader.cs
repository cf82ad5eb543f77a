using Mesh.Configuration.Reading;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Reads a TLSRoute, TCPRoute or UDPRoute.</summary>
internal static class L4RouteReader
{
    /// <summary>A TCPRoute or UDPRoute, which has no server names.</summary>
    public static L4RouteSpec Read(ObjectReader reader) => new()
    {
        ParentRefs = reader.List("parentRefs", CommonReaders.ParentRef),
        UseDefaultGateways = reader.Choice<DefaultScope>("useDefaultGateways"),
        Rules = reader.List("rules", Rule),
    };

    public static L4RouteSpec ReadTls(ObjectReader reader)
    {
        var hostnames = reader.Strings("hostnames");
        return Read(reader) with { Hostnames = hostnames };
    }

    private static L4RouteRuleSpec Rule(ObjectReader reader) => new()
    {
        Name = reader.String("name"),
        BackendRefs = reader.List("backendRefs", BackendRef),
    };

    private static HTTPBackendRefSpec BackendRef(ObjectReader reader) => new()
    {
        Group = reader.String("group") ?? GatewayApiGroup.Core,
        Kind = reader.String("kind") ?? "Service",
        Name = reader.RequiredString("name"),
        Namespace = reader.String("namespace"),
        Port = reader.Int32("port"),
        Weight = reader.Int32("weight") ?? 1,
    };
}
