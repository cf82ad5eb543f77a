using System.Globalization;

namespace Shop.Storefront;

/// <summary>Figures as the page shows them.</summary>
internal static class Format
{
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");

    public static string Rate(double perSecond) => perSecond.ToString(perSecond < 10 ? "0.0" : "0", CultureInfo.InvariantCulture);

    public static string Duration(double? milliseconds) => milliseconds switch
    {
        null => "–",
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.00} ms"),
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms"),
    };

    /// <summary>A number in a style sheet.</summary>
    public static string Css(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
