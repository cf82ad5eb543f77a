using Mesh.Configuration.Schema;
using static Mesh.Configuration.GatewayApi.NameSchemas;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Schemas of references to other objects. Rules see a document as it is before defaults are filled in, so they know them. Source: the CRDs.</summary>
internal static class ReferenceSchemas
{
    /// <summary>An object of any kind and namespace.</summary>
    public static ObjectSchema ObjectReference { get; } = new ObjectSchema
    {
        { "group", ApiGroup },
        { "kind", Kind },
        { "name", ObjectName },
        { "namespace", Namespace },
    }.Required("group", "kind", "name");

    /// <summary>An object of the same namespace.</summary>
    public static ObjectSchema LocalObjectReference { get; } = new ObjectSchema
    {
        { "group", ApiGroup },
        { "kind", Kind },
        { "name", ObjectName },
    }.Required("group", "kind", "name");

    public static ObjectSchema SecretReference { get; } = new ObjectSchema
    {
        { "group", ApiGroup },
        { "kind", Kind },
        { "name", ObjectName },
        { "namespace", Namespace },
    }.Required("name");

    /// <summary>A backend without weight: of a mirror, of an authorization server.</summary>
    public static ObjectSchema Backend { get; } = WithPort(new ObjectSchema
    {
        { "group", ApiGroup },
        { "kind", Kind },
        { "name", ObjectName },
        { "namespace", Namespace },
        { "port", GatewayPort },
    });

    public static ObjectSchema LabelSelector { get; } = new()
    {
        { "matchLabels", TextMap },
        { "matchExpressions", ListOf(new ObjectSchema { { "key", Text }, { "operator", Text }, { "values", Texts } }.Required("key", "operator")) },
    };

    /// <summary>A backend that takes a share, with the filters of its route kind.</summary>
    /// <param name="filters">Filters; null for kinds that have none.</param>
    /// <param name="min">Fewest entries.</param>
    public static ListSchema WeightedBackends(ListSchema? filters, int min = 0)
    {
        var backend = new ObjectSchema
        {
            { "group", ApiGroup },
            { "kind", Kind },
            { "name", ObjectName },
            { "namespace", Namespace },
            { "port", GatewayPort },
            { "weight", new IntegerSchema(0, 1_000_000) },
        };
        if (filters is not null)
        {
            backend.Add("filters", filters);
        }

        return ListOf(WithPort(backend), min, 16);
    }

    private static ObjectSchema WithPort(ObjectSchema backend) => backend
        .Required("name")
        .Rule("Must have port for Service reference", static b => (b.TextAt("group") ?? "").Length > 0 || (b.TextAt("kind") ?? "Service") != "Service" || b.Has("port"));
}
