using System.Globalization;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Durations of Gateway API: one to four numbers of at most five digits, each with a unit; repeated units add up. No fractions, no
/// micro- or nanoseconds, no bare 0. Source: GEP-2257.
/// </summary>
internal static class GatewayDuration
{
    private const int MaxParts = 4;
    private const int MaxDigits = 5;

    /// <summary>What a message tells the reader to write.</summary>
    public const string Remedy = "write whole numbers with a unit (h, m, s, ms), for example 10s, 500ms or 1h30m";

    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan value)
    {
        value = default;
        var parts = 0;
        while (!text.IsEmpty)
        {
            var digits = 0;
            while (digits < text.Length && char.IsAsciiDigit(text[digits]))
            {
                digits++;
            }

            if (digits is 0 or > MaxDigits || ++parts > MaxParts)
            {
                return false;
            }

            var number = int.Parse(text[..digits], CultureInfo.InvariantCulture);
            text = text[digits..];
            if (text.StartsWith("ms"))
            {
                value += TimeSpan.FromMilliseconds(number);
                text = text[2..];
                continue;
            }

            if (text.IsEmpty || text[0] is not ('h' or 'm' or 's'))
            {
                return false;
            }

            value += text[0] switch
            {
                'h' => TimeSpan.FromHours(number),
                'm' => TimeSpan.FromMinutes(number),
                _ => TimeSpan.FromSeconds(number),
            };
            text = text[1..];
        }

        return parts > 0;
    }
}
