using System.Text;

namespace Mesh.ArchitectureTests.Sources;

/// <summary>
/// Blanks comments and string contents out of C# text and leaves every other character where it is. Not a parser: it knows the forms
/// of literals (plain, verbatim, raw, interpolated with code in the holes, characters) and nothing else of the language.
/// </summary>
internal sealed class CodeOnly(string text)
{
    private readonly StringBuilder _output = new(text.Length);
    private int _at;

    public static string Of(string text)
    {
        var scan = new CodeOnly(text);
        scan.Code(untilBrace: false);
        return scan._output.ToString();
    }

    private void Code(bool untilBrace)
    {
        var depth = 0;
        while (_at < text.Length)
        {
            if (StartsWith("//"))
            {
                BlankWhile(static c => c != '\n');
            }
            else if (StartsWith("/*"))
            {
                var end = text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                Blank((end < 0 ? text.Length : end + 2) - _at);
            }
            else if (text[_at] == '\'')
            {
                Character();
            }
            else if (text[_at] is '"' or '$' or '@' && StringStart() is var (dollars, verbatim, quotes) && quotes > 0)
            {
                Literal(dollars, verbatim, quotes);
            }
            else
            {
                if (untilBrace && text[_at] == '}' && depth-- == 0)
                {
                    return;
                }

                depth += untilBrace && text[_at] == '{' ? 1 : 0;
                Keep(1);
            }
        }
    }

    private (int Dollars, bool Verbatim, int Quotes) StringStart()
    {
        var i = _at;
        var dollars = 0;
        var verbatim = false;
        for (; i < text.Length && text[i] is '$' or '@'; i++)
        {
            dollars += text[i] == '$' ? 1 : 0;
            verbatim |= text[i] == '@';
        }

        var quotes = 0;
        for (; i < text.Length && text[i] == '"'; i++)
        {
            quotes++;
        }

        // Two quotes are an empty string; three or more open a raw one.
        return (dollars, verbatim, quotes is 0 ? 0 : quotes < 3 || verbatim ? 1 : quotes);
    }

    private void Literal(int dollars, bool verbatim, int quotes)
    {
        Keep(dollars + (verbatim ? 1 : 0) + quotes);
        var closing = new string('"', quotes);
        while (_at < text.Length)
        {
            if (quotes == 1 && verbatim && StartsWith("\"\""))
            {
                Blank(2);
            }
            else if (StartsWith(closing))
            {
                Keep(quotes);
                return;
            }
            else if (quotes == 1 && !verbatim && text[_at] == '\\')
            {
                Blank(2);
            }
            else if (dollars > 0 && quotes == 1 && (StartsWith("{{") || StartsWith("}}")))
            {
                Blank(2);
            }
            else if (dollars > 0 && StartsWith(new string('{', dollars)))
            {
                Keep(dollars);
                Code(untilBrace: true);
                Keep(Math.Min(dollars, text.Length - _at));
            }
            else
            {
                Blank(1);
            }
        }
    }

    private void Character()
    {
        Keep(1);
        Blank(_at < text.Length && text[_at] == '\\' ? 2 : 1);
        BlankWhile(static c => c is not ('\'' or '\n'));
        Keep(Math.Min(1, text.Length - _at));
    }

    private bool StartsWith(string what) => string.CompareOrdinal(text, _at, what, 0, what.Length) == 0;

    private void BlankWhile(Func<char, bool> condition)
    {
        while (_at < text.Length && condition(text[_at]))
        {
            Blank(1);
        }
    }

    private void Keep(int count)
    {
        _output.Append(text, _at, Math.Min(count, text.Length - _at));
        _at += count;
    }

    private void Blank(int count)
    {
        for (; count > 0 && _at < text.Length; count--, _at++)
        {
            _output.Append(text[_at] == '\n' ? '\n' : ' ');
        }
    }
}
