using System.Text.Json;

namespace Mesh.Conformance.Istio.Docs;

/// <summary>One promise of a page of Istio's documentation: its YAML, a request, and in prose what comes of it.</summary>
internal sealed record DocRow(string Id, string Page, IReadOnlyList<string> Yaml, string Request, string Expected, string Side)
{
    /// <summary>All rows of the corpus.</summary>
    public static IReadOnlyList<DocRow> ReadAll()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Corpora.Require("istio", "docs", "rows.json")));
        return [.. file.RootElement.GetProperty("rows").EnumerateArray().Select(static row => new DocRow(
            Text(row, "id"), Text(row, "page"), [.. row.GetProperty("yaml").EnumerateArray().Select(static y => y.GetString()!)],
            Text(row, "request"), Text(row, "expected"), Text(row, "side")))];
    }

    public override string ToString() => $"{Id} {Page}: {Request} => {Expected}";

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
