using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Schema;

/// <summary>A word of an enumeration of protobuf, or its number; numbers without a word are taken. Source: protobuf's JSON mapping.</summary>
internal sealed class ProtoEnumSchema(params string[] words) : FieldSchema
{
    public override string TypeName => "string";

    protected override bool Takes(ConfigNode node, string type) => type is "string" or "integer";

    protected override void CheckValue(SchemaScope at, ConfigNode node)
    {
        if (NodeType.Of(node) == "string" && !words.Contains(node.Scalar, StringComparer.Ordinal))
        {
            at.Unsupported(NodeType.Show(node), words);
        }
    }
}
