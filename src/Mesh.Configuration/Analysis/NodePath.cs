using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Analysis;

/// <summary>Walks through nodes of kinds that have no typed spec. Whatever is missing or of another shape counts as absent.</summary>
internal static class NodePath
{
    public static ConfigNode? At(this ConfigNode? node, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            node = node?.Field(name);
        }

        return node is { Kind: ConfigNodeKind.Null } ? null : node;
    }

    /// <summary>The text of a scalar, whatever its type.</summary>
    public static string? Text(this ConfigNode? node, params ReadOnlySpan<string> names) => node.At(names)?.Scalar;

    public static IReadOnlyList<ConfigNode> List(this ConfigNode? node, params ReadOnlySpan<string> names) => node.At(names)?.Items ?? [];

    /// <summary>A mapping of texts, for labels and the like.</summary>
    public static ModelMap<string> Map(this ConfigNode? node, params ReadOnlySpan<string> names)
    {
        if (node.At(names) is not { Kind: ConfigNodeKind.Mapping } map || map.Fields.Count == 0)
        {
            return ModelMap<string>.Empty;
        }

        var entries = new List<KeyValuePair<string, string>>(map.Fields.Count);
        foreach (var (key, value) in map.Fields)
        {
            entries.Add(new(key, value.Scalar ?? ""));
        }

        return entries.ToModelMap();
    }

    /// <summary>True when the scalar is a boolean that is true.</summary>
    public static bool IsTrue(this ConfigNode? node, params ReadOnlySpan<string> names) =>
        node.Text(names) is { } text && bool.TryParse(text, out var value) && value;
}
