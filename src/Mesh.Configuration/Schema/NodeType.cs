using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Schema;

/// <summary>The JSON type that a node has for Kubernetes, and how its value is written in messages.</summary>
internal static class NodeType
{
    public static string Of(ConfigNode node) => node.Kind switch
    {
        ConfigNodeKind.Null => "null",
        ConfigNodeKind.Mapping => "object",
        ConfigNodeKind.Sequence => "array",
        _ when node.Quoted => "string",
        _ when ScalarText.AsBool(node.Scalar!) is not null => "boolean",
        _ when ScalarText.TryInteger(node.Scalar!, out _) => "integer",
        _ when ScalarText.TryNumber(node.Scalar!, out _) => "number",
        _ => "string",
    };

    /// <summary>The value as a message shows it: shortened, texts in quotes.</summary>
    public static string Show(ConfigNode node) => node.Kind switch
    {
        ConfigNodeKind.Scalar when Of(node) == "string" => $"\"{Shorten(node.Scalar!)}\"",
        ConfigNodeKind.Scalar => node.Scalar!,
        _ => $"\"{Of(node)}\"",
    };

    private static string Shorten(string text) => text.Length <= 60 ? text : string.Concat(text.AsSpan(0, 57), "...");
}
