namespace Mesh.Configuration.Expressions;

/// <summary>The tokens of a CEL expression, one at a time. Source: the lexis of the CEL specification.</summary>
internal ref struct CelTokens(string text)
{
    private static readonly string[] s_symbols = ["||", "&&", "<=", ">=", "==", "!=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"];
    private static readonly string[] s_reserved =
        ["as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while"];

    private int _at;
    private int _start;
    private TokenKind _kind;

    private enum TokenKind
    {
        End,
        Symbol,
        Name,
        Literal,
    }

    private readonly ReadOnlySpan<char> Current => text.AsSpan(_start, _at - _start);

    public void Next()
    {
        SkipBlanks();
        _start = _at;
        if (_at == text.Length)
        {
            _kind = TokenKind.End;
        }
        else if (TryText() || TryNumber())
        {
            _kind = TokenKind.Literal;
        }
        else if (char.IsAsciiLetter(text[_at]) || text[_at] is '_')
        {
            while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_'))
            {
                _at++;
            }

            _kind = Current is "true" or "false" or "null" ? TokenKind.Literal : Current is "in" ? TokenKind.Symbol : TokenKind.Name;
        }
        else
        {
            Symbol();
        }
    }

    public bool Take(string symbol)
    {
        if (_kind != TokenKind.Symbol || !Current.SequenceEqual(symbol))
        {
            return false;
        }

        Next();
        return true;
    }

    public bool TakeLiteral()
    {
        if (_kind != TokenKind.Literal)
        {
            return false;
        }

        Next();
        return true;
    }

    /// <summary>The symbol must come next; the empty text stands for the end.</summary>
    public void Expect(string symbol)
    {
        if (symbol.Length == 0 ? _kind != TokenKind.End : !Take(symbol))
        {
            throw Unexpected(symbol.Length == 0 ? "the end" : $"'{symbol}'");
        }
    }

    public void ExpectName()
    {
        if (_kind != TokenKind.Name || s_reserved.Contains(Current.ToString(), StringComparer.Ordinal))
        {
            throw Unexpected("a value");
        }

        Next();
    }

    private readonly FormatException Unexpected(string wanted) =>
        new($"at character {_start + 1} stands {(_kind == TokenKind.End ? "nothing more" : $"'{Current}'")}, where {wanted} should be");

    private void SkipBlanks()
    {
        while (_at < text.Length)
        {
            if (char.IsWhiteSpace(text[_at]))
            {
                _at++;
            }
            else if (text.AsSpan(_at).StartsWith("//"))
            {
                var end = text.IndexOf('\n', _at);
                _at = end < 0 ? text.Length : end;
            }
            else
            {
                return;
            }
        }
    }

    private void Symbol()
    {
        foreach (var symbol in s_symbols)
        {
            if (text.AsSpan(_at).StartsWith(symbol))
            {
                _at += symbol.Length;
                _kind = TokenKind.Symbol;
                return;
            }
        }

        throw new FormatException($"at character {_at + 1} stands '{text[_at]}', which is no part of CEL");
    }

    // Prefixes r and b in any order and case, then one or three quotes of either kind.
    private bool TryText()
    {
        var at = _at;
        var raw = false;
        while (at < text.Length && at - _at < 2 && text[at] is 'r' or 'R' or 'b' or 'B')
        {
            raw |= text[at++] is 'r' or 'R';
        }

        if (at >= text.Length || text[at] is not ('"' or '\''))
        {
            return false;
        }

        var quote = text[at];
        var triple = at + 2 < text.Length && text[at + 1] == quote && text[at + 2] == quote;
        at += triple ? 3 : 1;
        while (at < text.Length)
        {
            if (text[at] == '\\' && !raw)
            {
                at += 2;
            }
            else if (text[at] == quote && (!triple || (at + 2 < text.Length && text[at + 1] == quote && text[at + 2] == quote)))
            {
                _at = at + (triple ? 3 : 1);
                return true;
            }
            else if (text[at] is '\n' or '\r' && !triple)
            {
                break;
            }
            else
            {
                at++;
            }
        }

        throw new FormatException($"the text that begins at character {_at + 1} is not closed");
    }

    private bool TryNumber()
    {
        var at = _at;
        if (!char.IsAsciiDigit(text[at]) && !(text[at] == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
        {
            return false;
        }

        if (text.AsSpan(at).StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            at += 2;
            while (at < text.Length && char.IsAsciiHexDigit(text[at]))
            {
                at++;
            }
        }
        else
        {
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.' || (text[at] is 'e' or 'E') || (text[at] is '+' or '-' && text[at - 1] is 'e' or 'E')))
            {
                at++;
            }
        }

        _at = at < text.Length && text[at] is 'u' or 'U' ? at + 1 : at;
        return true;
    }
}
