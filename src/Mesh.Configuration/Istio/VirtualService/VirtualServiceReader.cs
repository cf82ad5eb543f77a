using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Reads a VirtualService.</summary>
internal static class VirtualServiceReader
{
    public static VirtualServiceSpec Read(ObjectReader reader) => new()
    {
        Hosts = reader.Strings("hosts"),
        Gateways = reader.Strings("gateways"),
        Http = reader.List("http", HTTPRouteReader.Read),
        Tls = reader.List("tls", L4RouteReader.ReadTls),
        Tcp = reader.List("tcp", L4RouteReader.ReadTcp),
        ExportTo = reader.Strings("exportTo"),
    };
}
