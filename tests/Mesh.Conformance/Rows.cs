using System.Text.Json;

namespace Mesh.Conformance;

/// <summary>Rows of a corpus in JSON.</summary>
internal static class Rows
{
    public static JsonElement Read(params string[] parts) => JsonDocument.Parse(File.ReadAllBytes(Corpora.Require(parts))).RootElement;

    /// <summary>A text field; empty when it is absent or null.</summary>
    public static string Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    public static bool Has(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    public static string[] Texts(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(static e => e.GetString()!)] : [];
}
