using System.Globalization;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Schema;

/// <summary>
/// Gives the nodes of IConfiguration what that cannot hold and a schema asks for: the case of names, lists (it has numbered keys) and
/// the difference between a text and a number.
/// </summary>
internal static class LenientNodes
{
    public static ConfigNode Conform(ConfigNode node, FieldSchema schema) => (schema, node.Kind) switch
    {
        (TextSchema, ConfigNodeKind.Scalar) => ConfigNode.OfScalar(node.Scalar!, quoted: true, node.Position),
        (ListSchema, ConfigNodeKind.Scalar) when node.Scalar is "" => ConfigNode.OfSequence([], node.Position),
        (ListSchema list, ConfigNodeKind.Mapping) when node.Fields.All(static f => int.TryParse(f.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _)) =>
            ConfigNode.OfSequence([.. node.Fields.Select(f => Conform(f.Value, list.Items))], node.Position),
        (MapSchema map, ConfigNodeKind.Mapping) => Fields(node, _ => new("", map.Values), keepsName: true),
        (ObjectSchema fields, ConfigNodeKind.Mapping) => Fields(node, name => fields.Find(name, ignoreCase: true), keepsName: false),
        _ => node,
    };

    private static ConfigNode Fields(ConfigNode node, Func<string, KeyValuePair<string, FieldSchema>?> find, bool keepsName)
    {
        var fields = new List<KeyValuePair<string, ConfigNode>>(node.Fields.Count);
        foreach (var (name, value) in node.Fields)
        {
            fields.Add(find(name) is { } known ? new(keepsName ? name : known.Key, Conform(value, known.Value)) : new(name, value));
        }

        return ConfigNode.OfMapping(fields, [.. node.FieldPositions], node.Position);
    }
}
