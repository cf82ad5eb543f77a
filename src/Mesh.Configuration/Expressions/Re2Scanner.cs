using System.Globalization;
using System.Text;

namespace Mesh.Configuration.Expressions;

/// <summary>One pass over an RE2 expression that writes .NET's form of it. See <see cref="Re2"/>.</summary>
internal ref struct Re2Scanner(string pattern)
{
    private const int MaxRepeat = 1000;
    private readonly StringBuilder _out = new(pattern.Length + 16);
    private readonly Stack<(bool IsMultiline, int Repeats)> _groups = new();
    private string? _error;
    private int _at;
    private bool _isMultiline;
    private bool _canRepeat;

    // How often what was read last, and the most that anything in the open group, is repeated by braces within braces.
    private int _lastRepeats = 1;
    private int _repeats = 1;

    public bool TryRun(out string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? error)
    {
        while (_at < pattern.Length && _error is null)
        {
            Step();
        }

        text = _out.ToString();
        error = _error is null ? null : $"'{pattern}' is not an RE2 expression: {_error}";
        return _error is null;
    }

    private void Step()
    {
        var c = pattern[_at];
        switch (c)
        {
            case '\\':
                Escape();
                return;
            case '[':
                Class();
                return;
            case '(':
                Group();
                return;
            case ')':
                Emit(")", 1, canRepeat: true);
                EndGroup();
                return;
            case '*' or '+' or '?':
                Repeat(1);
                return;
            case '{':
                Braces();
                return;
            case '|':
                Emit("|", 1, canRepeat: false);
                return;
            case '^':
                Emit("^", 1, canRepeat: true);
                return;
            case '$':
                // Without the flag m, RE2's $ is the end of the text only; .NET's would also stop before a last newline.
                Emit(_isMultiline ? "$" : "\\z", 1, canRepeat: true);
                return;
            default:
                Emit(c == '}' ? "\\}" : c.ToString(), 1, canRepeat: true);
                return;
        }
    }

    private void EndGroup()
    {
        if (_groups.TryPop(out var outer))
        {
            _isMultiline = outer.IsMultiline;
            (_lastRepeats, _repeats) = (_repeats, Math.Max(outer.Repeats, _repeats));
        }
    }

    private void Repeat(int length)
    {
        if (!_canRepeat)
        {
            Fail($"nothing to repeat before '{pattern[_at]}'");
            return;
        }

        _out.Append(pattern, _at, length);
        _at += length;
        if (_at < pattern.Length && pattern[_at] == '?')
        {
            _out.Append('?');
            _at++;
        }

        // RE2 refuses a**, and a*+ would be possessive elsewhere.
        _canRepeat = false;
    }

    private void Braces()
    {
        var close = pattern.IndexOf('}', _at);
        var body = close < 0 ? [] : pattern.AsSpan(_at + 1, close - _at - 1);
        var comma = body.IndexOf(',');
        var low = comma < 0 ? body : body[..comma];
        var high = comma < 0 ? low : body[(comma + 1)..];
        if (!int.TryParse(low, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            || (!high.IsEmpty && !int.TryParse(high, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            Emit("\\{", 1, canRepeat: true);
            return;
        }

        var to = high.IsEmpty ? from : int.Parse(high, NumberStyles.None, CultureInfo.InvariantCulture);
        if (from > MaxRepeat || to > MaxRepeat || to < from)
        {
            Fail($"a repetition lies between 0 and {MaxRepeat}");
            return;
        }

        // RE2 counts repetitions of repetitions as well; nothing at all is always few.
        _lastRepeats = Math.Max(_lastRepeats * to, 1);
        _repeats = Math.Max(_repeats, _lastRepeats);
        if (_lastRepeats > MaxRepeat)
        {
            Fail($"repetitions within one another come to {_lastRepeats}, and {MaxRepeat} is the limit");
            return;
        }

        Repeat(close - _at + 1);
    }

    private void Group()
    {
        _groups.Push((_isMultiline, _repeats));
        _repeats = 1;
        var rest = pattern.AsSpan(_at);
        if (!rest.StartsWith("(?"))
        {
            Emit("(", 1, canRepeat: false);
            return;
        }

        if (rest.StartsWith("(?P<") || (rest.StartsWith("(?<") && rest.Length > 3 && rest[3] is not ('=' or '!')))
        {
            var open = rest[2] == 'P' ? 4 : 3;
            Emit("(?<", open, canRepeat: false);
            return;
        }

        var end = 2;
        var set = true;
        while (end < rest.Length && rest[end] is not (')' or ':'))
        {
            switch (rest[end])
            {
                case '-' when set && rest[Math.Min(end + 1, rest.Length - 1)] is not (')' or ':'):
                    set = false;
                    break;
                case 'm':
                    _isMultiline = set;
                    break;
                case 'i' or 's':
                    break;
                default:
                    Fail($"'{rest[..Math.Min(end + 1, rest.Length)]}' is unknown; look-around, atomic groups and conditions do not exist");
                    return;
            }

            end++;
        }

        if (end >= rest.Length)
        {
            Fail("a group is not closed");
            return;
        }

        // (?i) changes the rest of the group it stands in, (?i:…) its own.
        if (rest[end] == ')')
        {
            _repeats = _groups.Pop().Repeats;
        }

        Emit(rest[..(end + 1)].ToString(), end + 1, canRepeat: false);
    }

    private void Escape()
    {
        if (pattern.AsSpan(_at).StartsWith("\\Q"))
        {
            var end = pattern.IndexOf("\\E", _at, StringComparison.Ordinal);
            var literal = pattern[(_at + 2)..(end < 0 ? pattern.Length : end)];
            Emit(System.Text.RegularExpressions.Regex.Escape(literal), (end < 0 ? pattern.Length : end + 2) - _at, canRepeat: literal.Length > 0);
            return;
        }

        var next = _at + 1 < pattern.Length ? pattern[_at + 1] : '\0';
        if (next is 'A' or 'z' or 'b' or 'B')
        {
            Emit($"\\{next}", 2, canRepeat: true);
            return;
        }

        var (text, length, error) = Re2Escapes.Read(pattern, _at, insideClass: false);
        if (error is not null)
        {
            Fail(error);
            return;
        }

        Emit(text, length, canRepeat: true);
    }

    private void Class()
    {
        var start = _at++;
        _out.Append('[');
        if (_at < pattern.Length && pattern[_at] == '^')
        {
            _out.Append('^');
            _at++;
        }

        for (var first = true; _error is null; first = false)
        {
            if (_at >= pattern.Length)
            {
                Fail($"the class '{pattern[start..]}' is not closed");
                return;
            }

            var c = pattern[_at];
            if (c == ']' && !first)
            {
                Emit("]", 1, canRepeat: true);
                return;
            }

            if (c == '\\' || pattern.AsSpan(_at).StartsWith("[:"))
            {
                var (text, length, error) = Re2Escapes.Read(pattern, _at, insideClass: true);
                if (error is not null)
                {
                    Fail(error);
                    return;
                }

                Emit(text, length, canRepeat: false);
            }
            else
            {
                // An open bracket would begin a subtraction in .NET.
                Emit(c is '[' or ']' ? $"\\{c}" : c.ToString(), 1, canRepeat: false);
            }
        }
    }

    private void Emit(string text, int consumed, bool canRepeat)
    {
        _out.Append(text);
        _at += consumed;
        _canRepeat = canRepeat;
        _lastRepeats = 1;
    }

    private void Fail(string error) => _error ??= error;
}
