namespace Mesh.Configuration.Istio;

/// <summary>
/// The syntax of a header's value: text with commands, <c>%NAME%</c>, <c>%NAME(argument)%</c> or <c>%NAME(["a", "b"])%</c>; <c>%%</c> is a
/// percent sign. Which commands there are is not looked into. Source: Envoy's custom request and response headers, as Istio's admission
/// check reads them.
/// </summary>
internal static class HeaderFormat
{
    private const string LonePercent = "a lone '%' begins a format command; write '%%' for a percent sign";

    /// <summary>Null when the value is well formed, else what is wrong with it.</summary>
    public static string? Check(string value)
    {
        var at = 0;
        while ((at = value.IndexOf('%', at)) >= 0)
        {
            if (at + 1 < value.Length && value[at + 1] == '%')
            {
                at += 2;
                continue;
            }

            if (Command(value, at + 1, out at) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    // From behind the opening percent sign to behind the closing one.
    private static string? Command(string value, int start, out int end)
    {
        end = value.AsSpan(start).IndexOfAny('%', '(');
        if (end < 0)
        {
            return LonePercent;
        }

        end += start + 1;
        if (value[end - 1] == '%')
        {
            return null;
        }

        if (Arguments(value, ref end) is { } problem)
        {
            return problem;
        }

        end = SkipBlanks(value, end);
        return end < value.Length && value[end++] == '%' ? null : "a format command ends with ')%'";
    }

    // To behind the closing bracket: plain text, or a list of quoted texts. A backslash hides the character behind it.
    private static string? Arguments(string value, ref int at)
    {
        at = SkipBlanks(value, at);
        if (at < value.Length && value[at] != '[')
        {
            // The first character belongs to the text, whatever it is.
            at++;
            return Text(value, ref at);
        }

        var separator = '[';
        while (at < value.Length && value[at] == separator)
        {
            at = SkipBlanks(value, at + 1);
            if (at >= value.Length || value[at] != '"')
            {
                return "the arguments of a format command are quoted texts; write %NAME([\"a\", \"b\"])%";
            }

            at++;
            if (Text(value, ref at) is { } problem)
            {
                return problem;
            }

            if (value[at - 1] == ')')
            {
                return null;
            }

            at = SkipBlanks(value, at);
            separator = ',';
        }

        if (at >= value.Length || value[at] != ']')
        {
            return "the arguments of a format command end with ']'";
        }

        at = SkipBlanks(value, at + 1);
        return at < value.Length && value[at++] == ')' ? null : "the arguments of a format command end with ')'";
    }

    // To behind the quote or round bracket that ends a text; a quote may begin a list's next text.
    private static string? Text(string value, ref int at)
    {
        for (; at < value.Length; at++)
        {
            switch (value[at])
            {
                case '\\':
                    at++;
                    break;
                case ')' or '"':
                    at++;
                    return null;
                default:
                    break;
            }
        }

        return "a format command ends with ')%'";
    }

    private static int SkipBlanks(string value, int at)
    {
        while (at < value.Length && value[at] == ' ')
        {
            at++;
        }

        return at;
    }
}
