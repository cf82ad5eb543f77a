using System.Text.RegularExpressions;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Schema;
using static Mesh.Configuration.GatewayApi.FilterSchemas;
using static Mesh.Configuration.GatewayApi.NameSchemas;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.GatewayApi;

/// <summary>The schema of a GRPCRoute. Source: its CRD.</summary>
internal static partial class GRPCRouteSchema
{
    private const string ServiceRule = @"service must only contain valid characters (matching ^(?i)\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*$)";
    private const string MethodRule = "method must only contain valid characters (matching ^[A-Za-z_][A-Za-z_0-9]*$)";

    private static readonly ListSchema s_filters = FilterList(
        Filter(
            ("ResponseHeaderModifier", "responseHeaderModifier", HeaderModifier),
            ("RequestHeaderModifier", "requestHeaderModifier", HeaderModifier),
            ("RequestMirror", "requestMirror", RequestMirror),
            ("ExtensionRef", "extensionRef", ReferenceSchemas.LocalObjectReference)),
        "RequestHeaderModifier",
        "ResponseHeaderModifier");

    private static readonly ObjectSchema s_match = new()
    {
        {
            "method",
            new ObjectSchema { { "type", Word("Exact", "RegularExpression") }, { "service", TextOf(0, 1024) }, { "method", TextOf(0, 1024) } }
                .Rule("One or both of 'service' or 'method' must be specified", static m => m.CountOf("service", "method") > 0)
                .Rule(ServiceRule, static m => !IsExact(m) || m.TextAt("service") is not { } service || ServiceText().IsMatch(service))
                .Rule(MethodRule, static m => !IsExact(m) || m.TextAt("method") is not { } method || MethodText().IsMatch(method))
        },
        {
            "headers",
            ListOf(new ObjectSchema { { "type", Word("Exact", "RegularExpression") }, { "name", HeaderName }, { "value", TextOf(1, 4096) } }.Required("name", "value"), max: 16, key: "name")
        },
    };

    private static readonly ObjectSchema s_rule = new()
    {
        { "name", SectionName },
        { "matches", ListOf(s_match, max: 64) },
        { "filters", s_filters },
        { "backendRefs", ReferenceSchemas.WeightedBackends(s_filters) },
        { "sessionPersistence", SessionPersistenceSchema.Schema },
    };

    public static KindSchema Schema { get; } = new(new ObjectSchema
    {
        { "parentRefs", ParentRefsSchema.ParentRefs },
        { "useDefaultGateways", AllOrNone },
        { "hostnames", ListOf(Hostname, max: 16) },
        { "rules", ListOf(s_rule, max: 16).WithRouteBounds(implied: 0) },
    })
    {
        PrunesNulls = true,
    };

    private static bool IsExact(ConfigNode method) => method.TextAt("type") is null or "Exact";

    [GeneratedRegex(@"^\.?[a-z_][a-z_0-9]*(\.[a-z_][a-z_0-9]*)*\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ServiceText();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z_0-9]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex MethodText();
}
