using Mesh.Configuration.Reading;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Reads a ListenerSet.</summary>
internal static class ListenerSetReader
{
    private static readonly ParentReferenceSpec s_nobody = new() { Name = "" };

    public static ListenerSetSpec Read(ObjectReader reader) => new()
    {
        ParentRef = reader.Required("parentRef", CommonReaders.ParentRef) ?? s_nobody,
        Listeners = reader.List("listeners", ListenerReader.Read),
    };
}
