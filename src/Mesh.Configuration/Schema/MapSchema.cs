using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Schema;

/// <summary>An object whose names are free and whose values are alike.</summary>
internal sealed class MapSchema(FieldSchema values, int minProperties = 0, int maxProperties = int.MaxValue) : FieldSchema
{
    public override string TypeName => "object";

    public FieldSchema Values => values;

    public MapSchema Rule(string message, Func<ConfigNode, bool> holds)
    {
        AddRule(new(message, holds));
        return this;
    }

    protected override bool Takes(ConfigNode node, string type) => node.Kind == ConfigNodeKind.Mapping;

    protected override void CheckValue(SchemaScope at, ConfigNode node)
    {
        if (node.Fields.Count < minProperties)
        {
            at.Invalid("\"object\"", $"should have at least {minProperties} properties; add one or remove the field");
        }

        if (node.Fields.Count > maxProperties)
        {
            at.TooMany(node.Fields.Count, maxProperties);
        }

        for (var i = 0; i < node.Fields.Count; i++)
        {
            values.Check(at.Field(node.Fields[i].Key, node.FieldPositions[i]), node.Fields[i].Value);
        }
    }
}
