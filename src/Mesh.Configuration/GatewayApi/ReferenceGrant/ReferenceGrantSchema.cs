using Mesh.Configuration.Schema;
using static Mesh.Configuration.GatewayApi.NameSchemas;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.GatewayApi;

/// <summary>The schema of a ReferenceGrant. Source: its CRD.</summary>
internal static class ReferenceGrantSchema
{
    public static KindSchema Schema { get; } = new(new ObjectSchema
    {
        { "from", ListOf(new ObjectSchema { { "group", ApiGroup }, { "kind", Kind }, { "namespace", Namespace } }.Required("group", "kind", "namespace"), 1, 16) },
        { "to", ListOf(new ObjectSchema { { "group", ApiGroup }, { "kind", Kind }, { "name", ObjectName } }.Required("group", "kind"), 1, 16) },
    }.Required("from", "to"))
    {
        PrunesNulls = true,
    };
}
