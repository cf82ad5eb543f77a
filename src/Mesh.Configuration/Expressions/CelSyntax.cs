namespace Mesh.Configuration.Expressions;

/// <summary>
/// Whether a text is a CEL expression: its form only, not its names and types. Source: the grammar of the CEL specification
/// (https://github.com/google/cel-spec/blob/master/doc/langdef.md, "Syntax"), read by recursive descent over <see cref="CelTokens"/>.
/// </summary>
internal ref struct CelSyntax
{
    private const int MaxDepth = 64;
    private CelTokens _tokens;
    private int _depth;

    private CelSyntax(string text) => _tokens = new CelTokens(text);

    /// <summary>Null when the text is an expression, else what is wrong with it and where.</summary>
    public static string? Check(string text)
    {
        var parser = new CelSyntax(text);
        try
        {
            parser._tokens.Next();
            parser.Expression();
            parser._tokens.Expect("");
            return null;
        }
        catch (FormatException error)
        {
            return $"'{text}' is not a CEL expression: {error.Message}";
        }
    }

    // Expr = ConditionalOr ["?" ConditionalOr ":" Expr]
    private void Expression()
    {
        if (++_depth > MaxDepth)
        {
            throw new FormatException($"it is nested more than {MaxDepth} levels deep");
        }

        Binary(0);
        if (_tokens.Take("?"))
        {
            Binary(0);
            _tokens.Expect(":");
            Expression();
        }

        _depth--;
    }

    // Or, And, Relation, Addition, Multiplication: from the loosest to the tightest.
    private void Binary(int level)
    {
        if (level == 5)
        {
            Unary();
            return;
        }

        do
        {
            Binary(level + 1);
        }
        while (TakeOperator(level));
    }

    private bool TakeOperator(int level) => level switch
    {
        0 => _tokens.Take("||"),
        1 => _tokens.Take("&&"),
        2 => _tokens.Take("<") || _tokens.Take("<=") || _tokens.Take(">=") || _tokens.Take(">") || _tokens.Take("==") || _tokens.Take("!=") || _tokens.Take("in"),
        3 => _tokens.Take("+") || _tokens.Take("-"),
        _ => _tokens.Take("*") || _tokens.Take("/") || _tokens.Take("%"),
    };

    private void Unary()
    {
        while (_tokens.Take("!") || _tokens.Take("-"))
        {
        }

        Member();
    }

    // Member = Primary | Member "." SELECTOR ["(" [ExprList] ")"] | Member "[" Expr "]"
    private void Member()
    {
        Primary();
        while (true)
        {
            if (_tokens.Take("."))
            {
                _tokens.Take("?");
                _tokens.ExpectName();
                if (_tokens.Take("("))
                {
                    List(")");
                }
            }
            else if (_tokens.Take("["))
            {
                _tokens.Take("?");
                Expression();
                _tokens.Expect("]");
            }
            else if (_tokens.Take("{"))
            {
                Entries();
            }
            else
            {
                return;
            }
        }
    }

    private void Primary()
    {
        if (_tokens.TakeLiteral())
        {
            return;
        }

        if (_tokens.Take("("))
        {
            Expression();
            _tokens.Expect(")");
        }
        else if (_tokens.Take("["))
        {
            List("]");
        }
        else if (_tokens.Take("{"))
        {
            Entries();
        }
        else
        {
            _tokens.Take(".");
            _tokens.ExpectName();
            if (_tokens.Take("("))
            {
                List(")");
            }
        }
    }

    private void List(string close)
    {
        while (!_tokens.Take(close))
        {
            Expression();
            if (!_tokens.Take(","))
            {
                _tokens.Expect(close);
                return;
            }
        }
    }

    // Of a map or a message: Expr ":" Expr, or name ":" Expr.
    private void Entries()
    {
        while (!_tokens.Take("}"))
        {
            Binary(0);
            _tokens.Expect(":");
            Expression();
            if (!_tokens.Take(","))
            {
                _tokens.Expect("}");
                return;
            }
        }
    }
}
