using System.Net.Http.Headers;

namespace Mesh.Client.Compile;

/// <summary>
/// The text of a header that rules compare: one value as it is, several joined by a comma without a space, as Envoy sees them. The parts of
/// <c>User-Agent</c> and <c>Cookie</c>, which .NET keeps apart, are one value on the wire and are joined as they are sent.
/// </summary>
internal static class HeaderText
{
    public static string Of(string name, HeaderStringValues values) =>
        values.Count == 1 || name.Equals("user-agent", StringComparison.OrdinalIgnoreCase) || name.Equals("cookie", StringComparison.OrdinalIgnoreCase)
            ? values.ToString()
            : string.Join(',', values);
}
