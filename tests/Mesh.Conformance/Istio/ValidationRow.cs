using System.Text.Json;

namespace Mesh.Conformance.Istio;

/// <summary>A row of <c>istio/validation</c>: what a function of Istio's admission check is given, and whether its own tests want it to be valid.</summary>
internal sealed record ValidationRow
{
    public required string Id { get; init; }

    /// <summary>Istio's function, which decides what the arguments mean.</summary>
    public required string Function { get; init; }

    public required bool Valid { get; init; }

    /// <summary>Null when the test does not look at warnings.</summary>
    public required bool? Warning { get; init; }

    /// <summary>The whole document, or the smallest one that holds the fragment under test; null for a plain function.</summary>
    public string? Resource { get; init; }

    public JsonElement Arguments { get; init; }

    public static IReadOnlyList<ValidationRow> ReadAll()
    {
        var rows = new List<ValidationRow>();
        foreach (var file in Directory.EnumerateFiles(Corpora.Require("istio", "validation"), "*.json").Order(StringComparer.Ordinal))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            rows.AddRange(document.RootElement.EnumerateArray().Select(static row => Read(row)));
        }

        return rows;
    }

    private static ValidationRow Read(JsonElement row) => new()
    {
        Id = row.GetProperty("id").GetString()!,
        Function = row.GetProperty("function").GetString()!,
        Valid = row.GetProperty("valid").GetBoolean(),
        Warning = row.GetProperty("warning") is { ValueKind: not JsonValueKind.Null } warning ? warning.GetBoolean() : null,
        Resource = row.TryGetProperty("resource", out var resource) || row.TryGetProperty("wrappedResource", out resource) ? resource.GetRawText() : null,
        Arguments = row.TryGetProperty("arguments", out var arguments) ? arguments.Clone() : default,
    };
}
