using System.Text;
using System.Text.RegularExpressions;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Makes cross-origin rules. A star in a host stands for any labels; an origin without port means the scheme's own; credentials
/// that are not allowed are not spoken of. GET, HEAD and POST need no permission, so no list has to name them. Source: GATEWAY_API §6, GEP-1767.
/// </summary>
internal static class CorsLowering
{
    public static CorsPolicy Lower(HTTPCORSFilterSpec spec) => new()
    {
        AllowOrigins = [.. spec.AllowOrigins.Select(Origin)],
        AllowMethods = spec.AllowMethods,
        AllowHeaders = spec.AllowHeaders,
        ExposeHeaders = spec.ExposeHeaders,
        MaxAge = TimeSpan.FromSeconds(spec.MaxAge),
        AllowCredentials = spec.AllowCredentials is true ? true : null,
    };

    private static StringMatch Origin(string origin)
    {
        if (origin == "*")
        {
            return new StringMatch(MatchKind.Present);
        }

        // Browsers leave the scheme's own port out.
        var plain = origin.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && origin.EndsWith(":80", StringComparison.Ordinal) ? origin[..^3]
            : origin.StartsWith("https://", StringComparison.OrdinalIgnoreCase) && origin.EndsWith(":443", StringComparison.Ordinal) ? origin[..^4]
            : origin;
        if (!plain.Contains('*', StringComparison.Ordinal))
        {
            return new StringMatch(MatchKind.Exact, plain, IgnoreCase: true);
        }

        var expression = new StringBuilder();
        foreach (var part in plain.Split('*'))
        {
            expression.Append(expression.Length == 0 ? "" : "[^:/]+").Append(Regex.Escape(part));
        }

        return new StringMatch(MatchKind.Regex, expression.ToString());
    }
}
