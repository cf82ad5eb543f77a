using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Schema;

/// <summary>
/// Gives the JSON form of a protobuf message the one spelling that its schema knows: names as the <c>.proto</c> file writes them
/// (<c>proxy_listen_port</c>) are taken for those of JSON, numbers may stand in quotes, and a field without a value is not written.
/// Source: protobuf's JSON mapping.
/// </summary>
internal static class ProtoNodes
{
    public static ConfigNode Conform(ConfigNode node, FieldSchema schema) => (schema, node.Kind) switch
    {
        (ObjectSchema message, ConfigNodeKind.Mapping) => Message(node, message),
        (MapSchema map, ConfigNodeKind.Mapping) => ConfigNode.OfMapping(
            [.. node.Fields.Select(f => KeyValuePair.Create(f.Key, Conform(f.Value, map.Values)))], [.. node.FieldPositions], node.Position),
        (ListSchema list, ConfigNodeKind.Sequence) => ConfigNode.OfSequence([.. node.Items.Select(item => Conform(item, list.Items))], node.Position),
        (IntegerSchema or NumberSchema, ConfigNodeKind.Scalar) when node.Quoted && ScalarText.TryNumber(node.Scalar!, out _) =>
            ConfigNode.OfScalar(node.Scalar!, quoted: false, node.Position),
        _ => node,
    };

    private static ConfigNode Message(ConfigNode node, ObjectSchema message)
    {
        var fields = new List<KeyValuePair<string, ConfigNode>>(node.Fields.Count);
        var positions = new List<SourcePosition>(node.Fields.Count);
        for (var i = 0; i < node.Fields.Count; i++)
        {
            var (name, value) = node.Fields[i];
            if (value.Kind != ConfigNodeKind.Null)
            {
                var known = message.Find(name, ignoreCase: false) ?? message.Find(JsonName(name), ignoreCase: false);
                fields.Add(known is { } field ? new(field.Key, Conform(value, field.Value)) : new(name, value));
                positions.Add(node.FieldPositions[i]);
            }
        }

        return ConfigNode.OfMapping(fields, positions, node.Position);
    }

    private static string JsonName(string name)
    {
        var words = name.Split('_');
        return string.Concat(words.Select(static (word, i) => i == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
