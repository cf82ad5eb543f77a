namespace Mesh.Conformance;

/// <summary>The table in docs/conformance.md: what was committed, and the writing of what is true now.</summary>
internal static class ConformanceDocument
{
    private const string Header = "| Corpus | Rows | Passed | Exceptions |";
    private const string Rule = "|---|---|---|---|";

    /// <summary>Text of the page; empty where there is no repository around the tests.</summary>
    public static string Text => Path is null ? "" : File.ReadAllText(Path);

    private static string? Path { get; } = Find();

    /// <summary>The committed row of a corpus; null when it has none.</summary>
    public static string? Row(string corpus) =>
        Text.Split('\n').FirstOrDefault(line => line.StartsWith($"| {corpus} |", StringComparison.Ordinal))?.TrimEnd('\r');

    /// <summary>Replaces the rows of the given corpora and leaves the others, so that a part of the tests can be run alone.</summary>
    public static void Update(IEnumerable<ConformanceResult> results)
    {
        var lines = Text.Split('\n').ToList();
        var start = lines.IndexOf(Header) + 2;
        Assert.That(start, Is.GreaterThan(1), $"docs/conformance.md has no line '{Header}'");
        var end = lines.FindIndex(start, static line => !line.StartsWith('|'));
        var rows = lines[start..end].ToDictionary(static line => line.Split('|')[1].Trim(), StringComparer.Ordinal);
        foreach (var result in results)
        {
            rows[result.Corpus] = result.ToRow();
        }

        string[] table = [Header, Rule, .. rows.OrderBy(static row => row.Key, StringComparer.Ordinal).Select(static row => row.Value)];
        File.WriteAllText(Path!, string.Join('\n', [.. lines[..(start - 2)], .. table, .. lines[end..]]));
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Mesh.sln")))
            {
                return System.IO.Path.Combine(folder.FullName, "docs", "conformance.md");
            }
        }

        return null;
    }
}
