using System.Globalization;

namespace Mesh.Configuration.Reading;

/// <content>Fields with one value.</content>
internal sealed partial class ObjectReader
{
    /// <summary>A text. As in Kubernetes, a plain number or boolean is not a text: it has to be quoted.</summary>
    public string? String(string name) => Ask(name, out var value) ? Text(name, value) : null;

    /// <summary>A text that must be there and not be empty; the empty text when it is not.</summary>
    public string RequiredString(string name)
    {
        if (!Ask(name, out var value))
        {
            Error(name, $"'{name}' is required");
            return "";
        }

        var text = Text(name, value);
        if (text is { Length: 0 })
        {
            Error(name, $"'{name}' must not be empty");
        }

        return text ?? "";
    }

    /// <summary>A text or a number, as written; Kubernetes' IntOrString.</summary>
    public string? StringOrNumber(string name)
    {
        if (!Ask(name, out var value))
        {
            return null;
        }

        if (value.Kind == ConfigNodeKind.Scalar)
        {
            return value.Scalar;
        }

        WrongType(name, value, "a text or a number");
        return null;
    }

    public bool? Bool(string name)
    {
        if (!Ask(name, out var value))
        {
            return null;
        }

        if (value.Kind == ConfigNodeKind.Scalar && !value.Quoted && ScalarText.AsBool(value.Scalar!) is { } answer)
        {
            return answer;
        }

        WrongType(name, value, "true or false");
        return null;
    }

    public int? Int32(string name, int min = int.MinValue, int max = int.MaxValue) => (int?)Int64(name, min, max);

    public long? Int64(string name, long min = long.MinValue, long max = long.MaxValue) =>
        Ask(name, out var value) ? Integer(name, value, min, max) : null;

    public double? Number(string name, double min = double.MinValue, double max = double.MaxValue)
    {
        if (!Ask(name, out var value))
        {
            return null;
        }

        if (value.Kind != ConfigNodeKind.Scalar || !ScalarText.TryNumber(value.Scalar!, out var number))
        {
            WrongType(name, value, "a number");
            return null;
        }

        if (number < min || number > max)
        {
            Error(name, string.Create(CultureInfo.InvariantCulture, $"must be between {min} and {max}, not {number}"));
            return null;
        }

        return number;
    }

    /// <summary>A duration such as <c>1.5s</c>, <c>100ms</c> or <c>1h2m</c>; never negative.</summary>
    public TimeSpan? Duration(string name)
    {
        if (!Ask(name, out var value))
        {
            return null;
        }

        if (value.Kind == ConfigNodeKind.Scalar && DurationText.TryParse(value.Scalar, out var duration))
        {
            return duration;
        }

        Error(name, $"{value.Describe()} is not a duration; {DurationText.Remedy}");
        return null;
    }

    /// <summary>One of the given names, exactly as spelled.</summary>
    public TEnum? Enum<TEnum>(string name, ReadOnlySpan<(string Text, TEnum Value)> values)
        where TEnum : struct
    {
        if (!Ask(name, out var node))
        {
            return null;
        }

        var comparison = Lenient ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var known = new List<string>(values.Length);
        foreach (var (text, value) in values)
        {
            if (string.Equals(text, node.Scalar, comparison))
            {
                return value;
            }

            known.Add(text);
        }

        Error(name, $"must be one of {string.Join(", ", known)}, not {node.Describe()}{NameSuggestion.Sentence(node.Scalar ?? "", known)}");
        return null;
    }

    private string? Text(string name, ConfigNode value)
    {
        if (value.Kind != ConfigNodeKind.Scalar)
        {
            WrongType(name, value, "a text");
            return null;
        }

        if (!value.Quoted && !Lenient && ScalarText.IsTyped(value.Scalar!))
        {
            Error(name, $"must be a text, and {value.Scalar} without quotes is not; write \"{value.Scalar}\"");
            return null;
        }

        return value.Scalar;
    }

    // protobuf's JSON form takes integers in quotes as well, and 1.0 for 1.
    private long? Integer(string name, ConfigNode value, long min, long max)
    {
        if (value.Kind != ConfigNodeKind.Scalar || !TryWhole(value.Scalar!, out var number))
        {
            WrongType(name, value, "a whole number");
            return null;
        }

        if (number < min || number > max)
        {
            var range = max == int.MaxValue || max == long.MaxValue ? $"at least {min}" : $"between {min} and {max}";
            Error(name, string.Create(CultureInfo.InvariantCulture, $"must be {range}, not {number}"));
            return null;
        }

        return number;
    }

    private static bool TryWhole(string text, out long number)
    {
        if (ScalarText.TryInteger(text, out number))
        {
            return true;
        }

        if (!ScalarText.TryNumber(text, out var floating) || Math.Truncate(floating) != floating || Math.Abs(floating) > 1L << 53)
        {
            return false;
        }

        number = (long)floating;
        return true;
    }
}
