// hot path
namespace Mesh.Client.Telemetry;

/// <summary>Tag values that would otherwise be boxed or formatted again and again.</summary>
internal static class TagValues
{
    private static readonly object[] s_statuses = CreateStatuses();
    private static readonly string?[] s_statusTexts = new string?[600];
    private static readonly object s_port80 = 80;
    private static readonly object s_port443 = 443;

    public static object Status(int status) => status is >= 100 and < 600 ? s_statuses[status - 100] : status;

    /// <summary>The status as text, the form <c>error.type</c> asks for.</summary>
    public static string StatusText(int status) =>
        (uint)status < 600 ? s_statusTexts[status] ??= status.ToString(System.Globalization.CultureInfo.InvariantCulture) : status.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static object Port(int port) => port switch
    {
        80 => s_port80,
        443 => s_port443,
        _ => port,
    };

    public static string Method(HttpMethod method)
    {
        if (ReferenceEquals(method, HttpMethod.Get))
        {
            return "GET";
        }

        // Unknown methods are one value, or a caller could make a time series out of each request (OpenTelemetry HTTP conventions).
        return method.Method is "GET" or "POST" or "PUT" or "DELETE" or "HEAD" or "OPTIONS" or "PATCH" or "TRACE" or "CONNECT" ? method.Method : "_OTHER";
    }

    public static string ProtocolVersion(Version version) => version.Major switch
    {
        1 => version.Minor == 0 ? "1.0" : "1.1",
        2 => "2",
        _ => "3",
    };

    private static object[] CreateStatuses()
    {
        var statuses = new object[500];
        for (var i = 0; i < statuses.Length; i++)
        {
            statuses[i] = i + 100;
        }

        return statuses;
    }
}
