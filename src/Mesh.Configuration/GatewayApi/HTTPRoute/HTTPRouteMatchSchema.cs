using System.Text.RegularExpressions;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Schema;
using static Mesh.Configuration.GatewayApi.NameSchemas;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.GatewayApi;

/// <summary>The schema of an HTTPRoute's conditions. Source: its CRD.</summary>
internal static partial class HTTPRouteMatchSchema
{
    private const string PathBody = "^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+";
    private const string PathPattern = PathBody + "$";
    private const string PlainTypes = "['Exact', 'PathPrefix']";

    public static ObjectSchema Schema { get; } = new()
    {
        { "path", Path() },
        { "headers", ListOf(Value(4096), max: 16, key: "name") },
        { "queryParams", ListOf(Value(1024), max: 16, key: "name") },
        { "method", Word("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH") },
    };

    public static string TypeOf(ConfigNode path) => path.TextAt("type") ?? "PathPrefix";

    private static ObjectSchema Value(int length) => new ObjectSchema
    {
        { "type", Word("Exact", "RegularExpression") },
        { "name", HeaderName },
        { "value", TextOf(1, length) },
    }.Required("name", "value");

    private static ObjectSchema Path()
    {
        var path = new ObjectSchema { { "type", Word("Exact", "PathPrefix", "RegularExpression") }, { "value", TextOf(0, 1024) } };
        Plain($"value must be an absolute path and start with '/' when type one of {PlainTypes}", static v => v.StartsWith('/'));
        foreach (var part in (ReadOnlySpan<string>)["//", "/./", "/../", "%2f", "%2F", "#"])
        {
            Plain($"must not contain '{part}' when type one of {PlainTypes}", v => !v.Contains(part, StringComparison.Ordinal));
        }

        foreach (var end in (ReadOnlySpan<string>)["/..", "/."])
        {
            Plain($"must not end with '{end}' when type one of {PlainTypes}", v => !v.EndsWith(end, StringComparison.Ordinal));
        }

        Plain($"must only contain valid characters (matching {PathPattern}) for types {PlainTypes}", static v => PathText().IsMatch(v));
        return path;

        void Plain(string message, Func<string, bool> holds) =>
            path.Rule(message, p => TypeOf(p) is not ("Exact" or "PathPrefix") || holds(p.TextAt("value") ?? "/"));
    }

    [GeneratedRegex(PathBody + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex PathText();
}
