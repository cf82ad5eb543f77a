using System.Buffers;
using System.Globalization;

namespace Mesh.Configuration.Reading;

/// <summary>
/// Durations as Istio accepts them: protobuf's JSON form (<c>1.5s</c>) and Go's (<c>1h2m</c>, <c>100ms</c>), not negative.
/// Source: protobuf JSON mapping of google.protobuf.Duration; Go's time.ParseDuration.
/// </summary>
internal static class DurationText
{
    private static readonly SearchValues<char> s_number = SearchValues.Create("0123456789.");

    /// <summary>What a message tells the reader to write.</summary>
    public const string Remedy = "write a number with a unit (h, m, s, ms, us, ns), for example 1.5s, 100ms or 1h30m";

    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan value)
    {
        value = default;
        if (text.Length > 0 && text[0] == '+')
        {
            text = text[1..];
        }

        if (text is "0")
        {
            return true;
        }

        if (text.IsEmpty)
        {
            return false;
        }

        decimal ticks = 0;
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExcept(s_number);
            if (digits <= 0 || digits > 20
                || !decimal.TryParse(text[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return false;
            }

            text = text[digits..];
            var unitEnd = text.IndexOfAny(s_number);
            var unit = unitEnd < 0 ? text : text[..unitEnd];
            text = unitEnd < 0 ? [] : text[unitEnd..];
            if (TicksPer(unit) is not { } scale || number > TimeSpan.MaxValue.Ticks / Math.Max(scale, 1))
            {
                return false;
            }

            ticks += number * scale;
        }

        if (ticks > TimeSpan.MaxValue.Ticks)
        {
            return false;
        }

        value = TimeSpan.FromTicks(Round(ticks));
        return true;
    }

    /// <summary>A form that <see cref="TryParse"/> reads: seconds, or milliseconds below one.</summary>
    public static string Format(TimeSpan value) => value >= TimeSpan.FromSeconds(1) || value == TimeSpan.Zero
        ? string.Create(CultureInfo.InvariantCulture, $"{value.Ticks / (decimal)TimeSpan.TicksPerSecond:0.#######}s")
        : string.Create(CultureInfo.InvariantCulture, $"{value.Ticks / (decimal)TimeSpan.TicksPerMillisecond:0.####}ms");

    // A tick is 100 ns. What is finer is rounded up, so that it never becomes nothing, unless that would make whole milliseconds of it,
    // which some fields ask for.
    private static long Round(decimal ticks)
    {
        var floor = (long)ticks;
        return floor == ticks || floor == long.MaxValue ? floor : (floor + 1) % TimeSpan.TicksPerMillisecond == 0 ? floor : floor + 1;
    }

    private static decimal? TicksPer(ReadOnlySpan<char> unit) => unit switch
    {
        "h" => TimeSpan.TicksPerHour,
        "m" => TimeSpan.TicksPerMinute,
        "s" => TimeSpan.TicksPerSecond,
        "ms" => TimeSpan.TicksPerMillisecond,
        "us" or "µs" or "μs" => TimeSpan.TicksPerMicrosecond,
        "ns" => 0.01m,
        _ => null,
    };
}
