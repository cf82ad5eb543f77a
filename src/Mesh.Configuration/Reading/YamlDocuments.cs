namespace Mesh.Configuration.Reading;

/// <summary>
/// Cuts a text at the lines that begin or end a document (<c>---</c>, <c>...</c>), as kubectl does before it parses.
/// So a syntax error stays inside its document, and an unchanged document of a changed file is recognised by its text.
/// </summary>
internal static class YamlDocuments
{
    /// <param name="Line">One-based line on which the document begins.</param>
    /// <param name="Text">The document, its <c>---</c> line included.</param>
    public readonly record struct Part(int Line, string Text);

    public static List<Part> Split(string text)
    {
        var parts = new List<Part>();
        var start = text.StartsWith('\uFEFF') ? 1 : 0;
        int startLine = 1, line = 1, position = start;
        var hasContent = false;
        while (position < text.Length)
        {
            var rest = text.AsSpan(position);
            var newline = rest.IndexOf('\n');
            var current = newline < 0 ? rest : rest[..newline];
            if (hasContent && IsMarker(current, "---"))
            {
                parts.Add(new(startLine, text[start..position]));
                (start, startLine, hasContent) = (position, line, false);
            }

            // Directives (%YAML) and comments belong to the document that follows them.
            hasContent |= IsMarker(current, "---") || !(current.Trim() is [] or ['#', ..] or "..." || current is ['%', ..]);
            position = newline < 0 ? text.Length : position + newline + 1;
            line++;
            if (hasContent && IsMarker(current, "..."))
            {
                parts.Add(new(startLine, text[start..position]));
                (start, startLine, hasContent) = (position, line, false);
            }
        }

        if (hasContent)
        {
            parts.Add(new(startLine, start == 0 ? text : text[start..]));
        }

        return parts;
    }

    private static bool IsMarker(ReadOnlySpan<char> line, string marker) =>
        line.StartsWith(marker, StringComparison.Ordinal) && (line.Length == 3 || line[3] is ' ' or '\t' or '\r');
}
