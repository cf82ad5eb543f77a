using System.Globalization;

namespace Mesh.Configuration.Expressions;

/// <summary>Escapes and named classes of RE2, which are ASCII where .NET's are Unicode. See <see cref="Re2"/>.</summary>
internal static class Re2Escapes
{
    /// <summary>Reads <c>\…</c>, or <c>[:…:]</c> inside a class, at a position.</summary>
    /// <returns>.NET's text, the length read, and what is wrong, if anything.</returns>
    public static (string Text, int Length, string? Error) Read(string pattern, int at, bool insideClass)
    {
        if (pattern[at] == '[')
        {
            return Named(pattern, at);
        }

        if (at + 1 >= pattern.Length)
        {
            return Wrong("it ends with a backslash");
        }

        var c = pattern[at + 1];
        switch (c)
        {
            case 'd' or 'w' or 's' or 'D' or 'W' or 'S':
                var set = (c, insideClass) switch
                {
                    ('d', _) => "0-9",
                    ('w', _) => "0-9A-Za-z_",
                    ('s', _) => "\\t\\n\\f\\r ",
                    ('D', true) => "\\x00-/:-\\uFFFF",
                    ('W', true) => "\\x00-/:-@\\[-\\^`{-\\uFFFF",
                    ('S', true) => "\\x00-\\x08\\x0B\\x0E-\\x1F!-\\uFFFF",
                    ('D', false) => "^0-9",
                    ('W', false) => "^0-9A-Za-z_",
                    _ => "^\\t\\n\\f\\r ",
                };
                return (insideClass ? set : $"[{set}]", 2, null);
            case 'a' or 'f' or 't' or 'n' or 'r' or 'v':
                return ($"\\{c}", 2, null);
            case 'p' or 'P':
                return Property(pattern, at, c);
            case 'x':
                return Hex(pattern, at);
            case '_':
                return ("_", 2, null);
            case >= '0' and <= '7':
                return Octal(pattern, at);
            default:
                return char.IsAsciiLetterOrDigit(c) || c > 127
                    ? Wrong($"the escape '\\{c}' is unknown; back-references do not exist")
                    : ($"\\{c}", 2, null);
        }
    }

    private static (string Text, int Length, string? Error) Named(string pattern, int at)
    {
        var end = pattern.IndexOf(":]", at + 2, StringComparison.Ordinal);
        var name = end < 0 ? "" : pattern[(at + 2)..end];
        var text = name switch
        {
            "alnum" => "0-9A-Za-z",
            "alpha" => "A-Za-z",
            "ascii" => "\\x00-\\x7F",
            "blank" => "\\t ",
            "cntrl" => "\\x00-\\x1F\\x7F",
            "digit" => "0-9",
            "graph" => "!-~",
            "lower" => "a-z",
            "print" => " -~",
            "punct" => "!-/:-@\\[-`{-~",
            "space" => "\\t\\n\\v\\f\\r ",
            "upper" => "A-Z",
            "word" => "0-9A-Za-z_",
            "xdigit" => "0-9A-Fa-f",
            _ => null,
        };
        return text is null ? Wrong($"the class '[:{name}:]' is unknown") : (text, name.Length + 4, null);
    }

    private static (string Text, int Length, string? Error) Property(string pattern, int at, char kind)
    {
        if (at + 2 >= pattern.Length)
        {
            return Wrong($"'\\{kind}' needs a category");
        }

        if (pattern[at + 2] != '{')
        {
            return ($"\\{kind}{{{pattern[at + 2]}}}", 3, null);
        }

        var end = pattern.IndexOf('}', at);
        if (end < 0)
        {
            return Wrong($"'\\{kind}{{' is not closed");
        }

        var name = pattern.AsSpan(at + 3, end - at - 3);
        var negated = name.StartsWith("^");
        var shown = negated ? (kind == 'p' ? 'P' : 'p') : kind;
        name = negated ? name[1..] : name;
        return name.Length is 1 or 2
            ? ($"\\{shown}{{{name}}}", end - at + 1, null)
            : Wrong($"the script '{name}' is not supported; use a general category such as \\p{{L}}");
    }

    private static (string Text, int Length, string? Error) Hex(string pattern, int at)
    {
        var braces = at + 2 < pattern.Length && pattern[at + 2] == '{';
        var end = braces ? pattern.IndexOf('}', at) : Math.Min(at + 4, pattern.Length);
        var digits = end < 0 ? [] : pattern.AsSpan((at + (braces ? 3 : 2))..end);
        if ((!braces && digits.Length != 2) || !uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) || value > 0xFFFF)
        {
            return Wrong("'\\x' needs two hexadecimal digits, or up to four in braces");
        }

        return ($"\\u{value:X4}", (braces ? end + 1 : end) - at, null);
    }

    private static (string Text, int Length, string? Error) Octal(string pattern, int at)
    {
        var (value, length) = (0, 1);
        while (length <= 3 && at + length < pattern.Length && pattern[at + length] is >= '0' and <= '7')
        {
            value = (value * 8) + pattern[at + length] - '0';
            length++;
        }

        // \1 to \7 alone would be a back-reference.
        return length == 2 && value > 0 ? Wrong($"the escape '\\{value}' is unknown; back-references do not exist") : ($"\\u{value:X4}", length, null);
    }

    private static (string Text, int Length, string? Error) Wrong(string error) => ("", 0, error);
}
