namespace Mesh.Peers.Common;

/// <summary>Rows of text as a Markdown table; the first column is left-aligned, figures to the right.</summary>
internal sealed class MarkdownTable(params string[] columns)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells)
    {
        if (cells.Length != columns.Length)
        {
            throw new InvalidOperationException($"{cells.Length} cells for {columns.Length} columns.");
        }

        _rows.Add(cells);
    }

    public void Write(TextWriter output)
    {
        output.WriteLine($"| {string.Join(" | ", columns)} |");
        output.WriteLine($"| --- |{string.Concat(Enumerable.Repeat(" ---: |", columns.Length - 1))}");
        foreach (var row in _rows)
        {
            output.WriteLine($"| {string.Join(" | ", row)} |");
        }
    }
}
