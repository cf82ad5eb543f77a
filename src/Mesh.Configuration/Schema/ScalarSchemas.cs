using System.Globalization;
using System.Text.RegularExpressions;
using Mesh.Configuration.Expressions;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Schema;

/// <summary>A text, bounded in length or to a pattern or to some words.</summary>
internal sealed class TextSchema(int minLength = 0, int maxLength = int.MaxValue, string? pattern = null, params string[] words) : FieldSchema
{
    private Regex? _expression;

    public override string TypeName => "string";

    /// <summary>The words, when nothing else is allowed; empty: any text.</summary>
    public IReadOnlyList<string> Words => words;

    public string? Pattern => pattern;

    public int MinLength => minLength;

    public int MaxLength => maxLength;

    // Made when the first text is checked: most processes never see most kinds.
    private Regex Expression => _expression ??= new(pattern!, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    public TextSchema Rule(string message, Func<string, bool> holds)
    {
        AddRule(new(message, node => holds(node.Scalar!)));
        return this;
    }

    // $ is the end of a text in the API server's language, and before a last line feed, too, in .NET's.
    private bool EndsWithItsText(string text) => Re2.TryTranslate(pattern!, out var translated, out _) && Regex.IsMatch(text, translated, Re2.Options);

    protected override bool Takes(ConfigNode node, string type) => type == "string";

    protected override void CheckValue(SchemaScope at, ConfigNode node)
    {
        var text = node.Scalar!;
        if (words.Length > 0 && !words.Contains(text, StringComparer.Ordinal))
        {
            at.Unsupported(NodeType.Show(node), words);
        }

        // Characters are counted as code points, as JSON Schema says.
        var length = text.Length < minLength || text.Length > maxLength ? text.EnumerateRunes().Count() : text.Length;
        if (length < minLength)
        {
            at.Invalid(NodeType.Show(node), $"should be at least {minLength} chars long");
        }

        if (length > maxLength)
        {
            at.Error($"Too long: may not be more than {maxLength} bytes; shorten {at.Path}");
        }

        if (pattern is not null && !(Expression.IsMatch(text) && (!text.EndsWith('\n') || EndsWithItsText(text))))
        {
            at.Invalid(NodeType.Show(node), $"should match '{pattern}'");
        }
    }
}

/// <summary>A whole number within bounds, or one of some.</summary>
internal sealed class IntegerSchema(long min = long.MinValue, long max = long.MaxValue, bool orText = false, params long[] values) : FieldSchema
{
    public override string TypeName => "integer";

    public long Min => min;

    public long Max => max;

    /// <summary>True when the number may be written as a text.</summary>
    public bool OrText => orText;

    public IntegerSchema Rule(string message, Func<long, bool> holds)
    {
        AddRule(new(message, node => !ScalarText.TryInteger(node.Scalar!, out var value) || holds(value)));
        return this;
    }

    // 64 bits are a text in JSON, because not every reader keeps them.
    protected override bool Takes(ConfigNode node, string type) =>
        type == "integer" || (orText && type == "string") || (type == "number" && ScalarText.TryNumber(node.Scalar!, out var number) && Math.Truncate(number) == number);

    protected override void CheckValue(SchemaScope at, ConfigNode node)
    {
        NumberSchema.CheckBounds(at, node, min, max);
        if (values.Length > 0 && ScalarText.TryInteger(node.Scalar!, out var value) && !values.Contains(value))
        {
            at.Unsupported(node.Scalar!, [.. values.Select(static v => v.ToString(CultureInfo.InvariantCulture))]);
        }
    }
}

/// <summary>A number within bounds.</summary>
internal sealed class NumberSchema(double min = double.MinValue, double max = double.MaxValue) : FieldSchema
{
    public override string TypeName => "number";

    public double Min => min;

    public double Max => max;

    public static void CheckBounds(SchemaScope at, ConfigNode node, double min, double max)
    {
        if (!ScalarText.TryNumber(node.Scalar!, out var number))
        {
            return;
        }

        if (number < min)
        {
            at.Invalid(node.Scalar!, string.Create(CultureInfo.InvariantCulture, $"should be greater than or equal to {min}"));
        }

        if (number > max)
        {
            at.Invalid(node.Scalar!, string.Create(CultureInfo.InvariantCulture, $"should be less than or equal to {max}"));
        }
    }

    protected override bool Takes(ConfigNode node, string type) => type is "integer" or "number";

    protected override void CheckValue(SchemaScope at, ConfigNode node) => CheckBounds(at, node, min, max);
}

/// <summary>True or false.</summary>
internal sealed class FlagSchema : FieldSchema
{
    public override string TypeName => "boolean";

    protected override bool Takes(ConfigNode node, string type) => type == "boolean";

    protected override void CheckValue(SchemaScope at, ConfigNode node)
    {
    }
}

/// <summary>Anything at all; what is inside belongs to somebody else.</summary>
internal sealed class AnySchema : FieldSchema
{
    public override string TypeName => "object";

    protected override bool Takes(ConfigNode node, string type) => true;

    protected override void CheckValue(SchemaScope at, ConfigNode node)
    {
    }
}
