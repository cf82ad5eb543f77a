using System.Globalization;

namespace Mesh.Configuration.Reading;

/// <summary>
/// What a plain (unquoted) YAML scalar is to Kubernetes, whose reader is go-yaml v2: the YAML 1.1 words for true, false and null,
/// and integers in decimal, <c>0x</c>, <c>0b</c>, <c>0o</c> or leading-zero octal, with underscores.
/// </summary>
internal static class ScalarText
{
    public static bool IsNull(string text) => text is "" or "~" or "null" or "Null" or "NULL";

    public static bool? AsBool(string text) => text switch
    {
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "y" or "Y" => true,
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" or "n" or "N" => false,
        _ => null,
    };

    public static bool TryInteger(string text, out long value)
    {
        var digits = text.AsSpan();
        var negative = digits is ['-', ..];
        if (digits is ['-' or '+', ..])
        {
            digits = digits[1..];
        }

        if (digits.Contains('_'))
        {
            digits = digits.ToString().Replace("_", "", StringComparison.Ordinal);
        }

        // Decimal first and by far the most frequent; the others are told apart by what follows the zero.
        var (start, radix) = digits switch
        {
            ['0', 'x' or 'X', _, ..] => (2, 16),
            ['0', 'b' or 'B', _, ..] => (2, 2),
            ['0', 'o', _, ..] => (2, 8),
            ['0', _, ..] => (1, 8),
            _ => (0, 10),
        };

        value = 0;
        if (start == digits.Length)
        {
            return false;
        }

        foreach (var c in digits[start..])
        {
            var digit = c switch { >= '0' and <= '9' => c - '0', >= 'a' and <= 'f' => c - 'a' + 10, >= 'A' and <= 'F' => c - 'A' + 10, _ => 99 };
            if (digit >= radix || value > (long.MaxValue - digit) / radix)
            {
                return false;
            }

            value = (value * radix) + digit;
        }

        value = negative ? -value : value;
        return true;
    }

    public static bool TryNumber(string text, out double value)
    {
        if (TryInteger(text, out var integer))
        {
            value = integer;
            return true;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Style, CultureInfo.InvariantCulture, out value) && double.IsFinite(value) && text.AsSpan().ContainsAnyInRange('0', '9');
    }

    /// <summary>True when the plain scalar is a number, a boolean or nothing rather than text.</summary>
    public static bool IsTyped(string text) => IsNull(text) || AsBool(text) is not null || TryNumber(text, out _);
}
