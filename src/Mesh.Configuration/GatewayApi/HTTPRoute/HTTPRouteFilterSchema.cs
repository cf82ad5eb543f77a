using Mesh.Configuration.Reading;
using Mesh.Configuration.Schema;
using static Mesh.Configuration.GatewayApi.FilterSchemas;
using static Mesh.Configuration.GatewayApi.NameSchemas;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.GatewayApi;

/// <summary>The schema of an HTTPRoute's filters. Source: its CRD.</summary>
internal static class HTTPRouteFilterSchema
{
    private const string OriginPattern = @"(^\*$)|(^(http(s)?):\/\/(((\*\.)?([a-zA-Z0-9\-]+\.)*[a-zA-Z0-9-]+|\*)(:([0-9]{1,5}))?)$)";

    private static readonly ObjectSchema s_path = new ObjectSchema
    {
        { "type", Word("ReplaceFullPath", "ReplacePrefixMatch") },
        { "replaceFullPath", TextOf(0, 1024) },
        { "replacePrefixMatch", TextOf(0, 1024) },
    }
        .Required("type")
        .Rule("replaceFullPath must be specified when type is set to 'ReplaceFullPath'", static p => p.TextAt("type") != "ReplaceFullPath" || p.Has("replaceFullPath"))
        .Rule("type must be 'ReplaceFullPath' when replaceFullPath is set", static p => !p.Has("replaceFullPath") || p.TextAt("type") == "ReplaceFullPath")
        .Rule("replacePrefixMatch must be specified when type is set to 'ReplacePrefixMatch'", static p => p.TextAt("type") != "ReplacePrefixMatch" || p.Has("replacePrefixMatch"))
        .Rule("type must be 'ReplacePrefixMatch' when replacePrefixMatch is set", static p => !p.Has("replacePrefixMatch") || p.TextAt("type") == "ReplacePrefixMatch");

    private static readonly ObjectSchema s_redirect = new()
    {
        { "scheme", Word("http", "https") },
        { "hostname", PreciseHostname },
        { "path", s_path },
        { "port", GatewayPort },
        { "statusCode", new IntegerSchema(values: [301, 302, 303, 307, 308]) },
    };

    private static readonly ObjectSchema s_cors = new()
    {
        { "allowOrigins", SetOf(TextOf(1, 253, OriginPattern), max: 64).Rule("AllowOrigins cannot contain '*' alongside other origins", IsAloneOrAbsent) },
        { "allowCredentials", Flag },
        {
            "allowMethods",
            SetOf(Word("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "*"), max: 9)
                .Rule("AllowMethods cannot contain '*' alongside other methods", IsAloneOrAbsent)
        },
        { "allowHeaders", SetOf(HeaderName, max: 64).Rule("AllowHeaders cannot contain '*' alongside other methods", IsAloneOrAbsent) },
        { "exposeHeaders", SetOf(HeaderName, max: 64) },
        { "maxAge", new IntegerSchema(1, int.MaxValue) },
    };

    private static readonly ObjectSchema s_externalAuth = new ObjectSchema
    {
        { "protocol", Word("HTTP", "GRPC") },
        { "backendRef", ReferenceSchemas.Backend },
        { "grpc", new ObjectSchema { { "allowedHeaders", SetOf(Text, max: 64) } } },
        {
            "http",
            new ObjectSchema
            {
                { "path", TextOf(0, 1024, "^(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+$") },
                { "allowedHeaders", SetOf(Text, max: 64) },
                { "allowedResponseHeaders", SetOf(Text, max: 64) },
            }
        },
        { "forwardBody", new ObjectSchema { { "maxSize", new IntegerSchema(0, ushort.MaxValue) } } },
    }
        .Required("backendRef", "protocol")
        .Rule("grpc must be specified when protocol is set to 'GRPC'", static a => a.TextAt("protocol") != "GRPC" || a.Has("grpc"))
        .Rule("protocol must be 'GRPC' when grpc is set", static a => !a.Has("grpc") || a.TextAt("protocol") == "GRPC")
        .Rule("http must be specified when protocol is set to 'HTTP'", static a => a.TextAt("protocol") != "HTTP" || a.Has("http"))
        .Rule("protocol must be 'HTTP' when http is set", static a => !a.Has("http") || a.TextAt("protocol") == "HTTP");

    /// <summary>Filters of a rule or a backend.</summary>
    public static ListSchema Schema { get; } = FilterList(
        Filter(
            ("RequestHeaderModifier", "requestHeaderModifier", HeaderModifier),
            ("ResponseHeaderModifier", "responseHeaderModifier", HeaderModifier),
            ("RequestMirror", "requestMirror", RequestMirror),
            ("RequestRedirect", "requestRedirect", s_redirect),
            ("URLRewrite", "urlRewrite", new ObjectSchema { { "hostname", PreciseHostname }, { "path", s_path } }),
            ("ExtensionRef", "extensionRef", ReferenceSchemas.LocalObjectReference),
            ("CORS", "cors", s_cors),
            ("ExternalAuth", "externalAuth", s_externalAuth)),
        "CORS",
        "RequestHeaderModifier",
        "ResponseHeaderModifier",
        "RequestRedirect",
        "URLRewrite")
        .Rule(
            "May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite, but not both",
            static filters => !(HasType(filters, "RequestRedirect") && HasType(filters, "URLRewrite")));

    private static bool HasType(ConfigNode filters, string type) => filters.Items.Any(f => f.TextAt("type") == type);

    private static bool IsAloneOrAbsent(ConfigNode list) => list.Items.Count <= 1 || list.Items.All(static i => i.Scalar != "*");
}
