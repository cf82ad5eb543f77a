using Mesh.Configuration.Reading;
using Mesh.Configuration.Schema;
using static Mesh.Configuration.GatewayApi.NameSchemas;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.GatewayApi;

/// <summary>The schema of an HTTPRoute. Source: its CRD.</summary>
internal static class HTTPRouteSchema
{
    private const string OnePrefix = "exactly one PathPrefix match must be specified";

    private static readonly ObjectSchema s_timeouts = new ObjectSchema { { "request", GepDuration }, { "backendRequest", GepDuration } }
        .Rule("backendRequest timeout cannot be longer than request timeout", static t =>
            !TryDuration(t, "request", out var whole) || !TryDuration(t, "backendRequest", out var each) || whole == TimeSpan.Zero || each <= whole);

    private static readonly ObjectSchema s_rule = new ObjectSchema
    {
        { "name", SectionName },
        { "matches", ListOf(HTTPRouteMatchSchema.Schema, max: 64) },
        { "filters", HTTPRouteFilterSchema.Schema },
        { "backendRefs", ReferenceSchemas.WeightedBackends(HTTPRouteFilterSchema.Schema) },
        { "timeouts", s_timeouts },
        {
            "retry",
            new ObjectSchema { { "codes", SetOf(new IntegerSchema(400, 599)) }, { "attempts", new IntegerSchema(1, int.MaxValue) }, { "backoff", GepDuration } }
        },
        { "sessionPersistence", SessionPersistenceSchema.Schema },
    }
        .Rule("RequestRedirect filter must not be used together with backendRefs", static r => Backends(r).Count == 0 || !Filters(r).Any(static f => f.Has("requestRedirect")))
        .Rule($"When using RequestRedirect filter with path.replacePrefixMatch, {OnePrefix}", static r => !ReplacesPrefix(r, "requestRedirect") || HasOnePrefix(r))
        .Rule($"When using URLRewrite filter with path.replacePrefixMatch, {OnePrefix}", static r => !ReplacesPrefix(r, "urlRewrite") || HasOnePrefix(r))
        .Rule($"Within backendRefs, when using RequestRedirect filter with path.replacePrefixMatch, {OnePrefix}", static r => !Backends(r).Any(static b => ReplacesPrefix(b, "requestRedirect")) || HasOnePrefix(r))
        .Rule($"Within backendRefs, When using URLRewrite filter with path.replacePrefixMatch, {OnePrefix}", static r => !Backends(r).Any(static b => ReplacesPrefix(b, "urlRewrite")) || HasOnePrefix(r));

    public static KindSchema Schema { get; } = new(new ObjectSchema
    {
        { "parentRefs", ParentRefsSchema.ParentRefs },
        { "useDefaultGateways", AllOrNone },
        { "hostnames", ListOf(Hostname, max: 16) },
        { "rules", ListOf(s_rule, 1, 16).WithRouteBounds(implied: 1) },
    })
    {
        PrunesNulls = true,
    };

    private static IReadOnlyList<ConfigNode> Backends(ConfigNode rule) => rule.Field("backendRefs")?.Items ?? [];

    private static IReadOnlyList<ConfigNode> Filters(ConfigNode owner) => owner.Field("filters")?.Items ?? [];

    private static bool ReplacesPrefix(ConfigNode owner, string field) => Filters(owner).Any(f =>
        f.Field(field)?.Field("path") is { } path && path.TextAt("type") == "ReplacePrefixMatch" && path.Has("replacePrefixMatch"));

    // A rule without matches has the prefix "/", and so has a match without path.
    private static bool HasOnePrefix(ConfigNode rule) => rule.Field("matches") switch
    {
        null => true,
        { Items.Count: 1 } matches => matches.Items[0].Field("path") is not { } path || HTTPRouteMatchSchema.TypeOf(path) == "PathPrefix",
        _ => false,
    };

    private static bool TryDuration(ConfigNode node, string name, out TimeSpan value)
    {
        value = default;
        return node.TextAt(name) is { } text && GatewayApi.GatewayDuration.TryParse(text, out value);
    }
}
