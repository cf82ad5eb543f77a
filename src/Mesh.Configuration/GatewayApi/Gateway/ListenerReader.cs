using Mesh.Configuration.Reading;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Reads a listener.</summary>
internal static class ListenerReader
{
    public static ListenerSpec Read(ObjectReader reader) => new()
    {
        Name = reader.RequiredString("name"),
        Hostname = reader.String("hostname"),
        Port = reader.RequiredInt("port"),
        Protocol = reader.RequiredString("protocol"),
        Tls = reader.Object("tls", static r => new ListenerTLSSpec
        {
            Mode = r.Choice<ListenerTLSMode>("mode") ?? ListenerTLSMode.Terminate,
            CertificateRefs = r.List("certificateRefs", CommonReaders.SecretObject),
            Options = r.StringMap("options"),
        }),
        AllowedRoutes = reader.Object("allowedRoutes", AllowedRoutes) ?? new(),
    };

    private static AllowedRoutesSpec AllowedRoutes(ObjectReader reader) => new()
    {
        Namespaces = reader.Object("namespaces", static r => new RouteNamespacesSpec
        {
            From = r.Enum<NamespacesFrom>("from", [("All", NamespacesFrom.All), ("Selector", NamespacesFrom.Selector), ("Same", NamespacesFrom.Same)]) ?? NamespacesFrom.Same,
            Selector = r.Object("selector", CommonReaders.LabelSelector),
        }) ?? new(),
        Kinds = reader.List("kinds", static r => new RouteGroupKindSpec
        {
            Group = r.String("group") ?? GatewayApiGroup.Name,
            Kind = r.RequiredString("kind"),
        }),
    };
}
