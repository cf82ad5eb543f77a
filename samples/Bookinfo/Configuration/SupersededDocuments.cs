using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Bookinfo.Configuration;

/// <summary>Leaves out the documents that a newer file, or a later place of the same file, replaces. Their lines become empty, so that messages about the rest name the right line.</summary>
internal static class SupersededDocuments
{
    public static IEnumerable<(string Path, string Text)> Remove(IEnumerable<(string Path, string Text)> newestFirst)
    {
        var seen = new HashSet<(string Kind, string Namespace, string Name)>();
        foreach (var (path, text) in newestFirst)
        {
            var lines = text.Split('\n');
            foreach (var part in Parts(lines).Reverse())
            {
                if (Identify(string.Join('\n', lines[part])) is { } id && !seen.Add(id))
                {
                    Array.Fill(lines, "", part.Start.Value, part.End.Value - part.Start.Value);
                }
            }

            yield return (path, string.Join('\n', lines));
        }
    }

    // Line ranges between the separators.
    private static IEnumerable<Range> Parts(string[] lines)
    {
        var start = 0;
        for (var i = 0; i <= lines.Length; i++)
        {
            if (i == lines.Length || lines[i].StartsWith("---", StringComparison.Ordinal))
            {
                yield return start..i;
                start = i + 1;
            }
        }
    }

    // Null for what is no object, or cannot be read: the mesh will say so.
    private static (string, string, string)? Identify(string text)
    {
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return yaml.Documents is [{ RootNode: YamlMappingNode root }] && Scalar(root, "kind") is { } kind
                && root.Children.TryGetValue("metadata", out var node) && node is YamlMappingNode metadata && Scalar(metadata, "name") is { } name
                ? (kind, Scalar(metadata, "namespace") ?? "default", name) : null;
        }
        catch (YamlException)
        {
            return null;
        }
    }

    private static string? Scalar(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? (value as YamlScalarNode)?.Value : null;
}
