using System.Net.Http.Headers;

namespace Mesh.Client.Compile;

/// <summary>The text of a header that rules compare: one value as it is, several joined by a comma without a space, as Envoy sees them.</summary>
internal static class HeaderText
{
    public static string Of(HeaderStringValues values) => values.Count == 1 ? values.ToString() : string.Join(',', values);
}
