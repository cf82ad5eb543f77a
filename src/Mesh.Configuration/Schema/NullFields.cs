using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Schema;

/// <summary>
/// Takes out fields without a value. An API server does so before it checks a document, since no field of Gateway API is nullable.
/// Source: Kubernetes, "Defaulting and Nullable".
/// </summary>
internal static class NullFields
{
    /// <summary>The node without such fields at any depth; the same node when there are none. Items of lists stay.</summary>
    public static ConfigNode Prune(ConfigNode node) => !Any(node) ? node : node.Kind == ConfigNodeKind.Sequence
        ? ConfigNode.OfSequence([.. node.Items.Select(Prune)], node.Position)
        : PruneFields(node);

    private static ConfigNode PruneFields(ConfigNode node)
    {
        var fields = new List<KeyValuePair<string, ConfigNode>>(node.Fields.Count);
        var positions = new List<SourcePosition>(node.Fields.Count);
        for (var i = 0; i < node.Fields.Count; i++)
        {
            var (name, value) = node.Fields[i];
            if (value.Kind != ConfigNodeKind.Null)
            {
                fields.Add(new(name, Prune(value)));
                positions.Add(node.FieldPositions[i]);
            }
        }

        return ConfigNode.OfMapping(fields, positions, node.Position);
    }

    private static bool Any(ConfigNode node)
    {
        foreach (var (_, value) in node.Fields)
        {
            if (value.Kind == ConfigNodeKind.Null || Any(value))
            {
                return true;
            }
        }

        foreach (var item in node.Items)
        {
            if (Any(item))
            {
                return true;
            }
        }

        return false;
    }
}
