using Mesh.Configuration.Reading;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Reads a ReferenceGrant.</summary>
internal static class ReferenceGrantReader
{
    public static ReferenceGrantSpec Read(ObjectReader reader) => new()
    {
        From = reader.List("from", static r => new ReferenceGrantFromSpec
        {
            Group = r.RequiredText("group"),
            Kind = r.RequiredString("kind"),
            Namespace = r.RequiredString("namespace"),
        }),
        To = reader.List("to", static r => new ReferenceGrantToSpec
        {
            Group = r.RequiredText("group"),
            Kind = r.RequiredString("kind"),
            Name = r.String("name"),
        }),
    };
}
