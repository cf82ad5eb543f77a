using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Reads the rules for TLS and TCP.</summary>
internal static class L4RouteReader
{
    private static readonly DestinationSpec s_noDestination = new() { Host = "" };

    public static TLSRouteSpec ReadTls(ObjectReader reader) => new()
    {
        Match = reader.List("match", static r => new TLSMatchAttributesSpec
        {
            SniHosts = r.Strings("sniHosts"),
            DestinationSubnets = r.Strings("destinationSubnets"),
            Port = r.Int32("port"),
            SourceLabels = r.StringMap("sourceLabels"),
            Gateways = r.Strings("gateways"),
            SourceNamespace = r.Text("sourceNamespace"),
        }),
        Route = reader.List("route", ReadDestination),
    };

    public static TCPRouteSpec ReadTcp(ObjectReader reader) => new()
    {
        Match = reader.List("match", static r => new L4MatchAttributesSpec
        {
            DestinationSubnets = r.Strings("destinationSubnets"),
            Port = r.Int32("port"),
            SourceSubnet = r.Text("sourceSubnet"),
            SourceLabels = r.StringMap("sourceLabels"),
            Gateways = r.Strings("gateways"),
            SourceNamespace = r.Text("sourceNamespace"),
        }),
        Route = reader.List("route", ReadDestination),
    };

    private static RouteDestinationSpec ReadDestination(ObjectReader reader) => new()
    {
        Destination = reader.Required("destination", CommonReaders.Destination, s_noDestination),
        Weight = reader.Int32("weight"),
    };
}
