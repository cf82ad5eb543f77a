namespace Mesh.PropertyTests.Fuzzing;

/// <summary>Damages texts the way people, editors and broken disks do, reproducibly from a seed.</summary>
internal sealed class TextMutator(int seed)
{
    private static readonly string[] s_insertions =
    [
        "\n", "  ", "\t", "- ", ": ", "{", "}", "[", "]", "\"", "'", "|", ">", "%", "#", "? ", "<<: *a\n", "&a ", "*a", "---\n", "...\n", "!!int ", "!!str ", "!x ", "\0", "\u0085", "\u2028",
        "\uFEFF", "\uD800", "é", "𝄞", "null", "~", "true", "0x7f", "1e999", "-1", "99999999999999999999", "0.0000001s", "1h1h", "[[[[[[[[", "{{{{{{{{", "a: &a [*a]", "*", "**", "/", "//", "..",
    ];

    private readonly Random _random = new(seed);

    public string Mutate(string text)
    {
        for (var edits = _random.Next(1, 6); edits > 0 && text.Length > 0; edits--)
        {
            var at = _random.Next(text.Length);
            var length = Math.Min(_random.Next(1, 40), text.Length - at);
            text = _random.Next(6) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(at, length)),
                2 => text.Remove(at, length).Insert(_random.Next(text.Length - length + 1), text.Substring(at, length)),
                3 => text[..at] + (char)_random.Next(1, 0x250) + text[(at + 1)..],
                4 => SwapLines(text),
                _ => text.Insert(at, s_insertions[_random.Next(s_insertions.Length)]),
            };
        }

        return text;
    }

    private string SwapLines(string text)
    {
        var lines = text.Split('\n');
        var (a, b) = (_random.Next(lines.Length), _random.Next(lines.Length));
        (lines[a], lines[b]) = (lines[b], lines[a]);
        return string.Join('\n', lines);
    }
}
