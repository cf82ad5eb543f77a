namespace Mesh.Cli.Schemas;

/// <summary>The name a field has in a document: that of its property in camel case (<c>ExportTo</c>: <c>exportTo</c>, <c>TLS</c>: <c>tls</c>).</summary>
internal static class JsonNames
{
    public static string Of(string property)
    {
        var upper = 0;
        while (upper < property.Length && char.IsAsciiLetterUpper(property[upper]))
        {
            upper++;
        }

        // The last capital of several begins the next word: HTTPHeader is httpHeader.
        var lower = upper <= 1 || upper == property.Length ? upper : upper - 1;
        return property[..lower].ToLowerInvariant() + property[lower..];
    }
}
