namespace Mesh.Configuration.Naming;

/// <summary>
/// Texts that can be sent as the Host header. An HttpClient refuses what is no host (RFC 9110 §7.2), where a proxy would pass on anything; said when
/// configuration is read, it does not become an exception in the middle of a request.
/// </summary>
internal static class HostHeaderText
{
    /// <summary>Why the text cannot be sent; null when it can.</summary>
    public static string? Problem(string value) => IsValid(value) ? null : $"'{value}' cannot be sent as a Host header; write a host, with or without a port";

    public static bool IsValid(string value)
    {
        using var message = new HttpRequestMessage();
        try
        {
            message.Headers.Host = value;
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
