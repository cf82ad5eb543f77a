using System.Text.RegularExpressions;
using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Schema;
using static Mesh.Configuration.GatewayApi.NameSchemas;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Kinds that are checked and never loaded: routes below HTTP, listeners of others, and the retry budget of the experimental channel,
/// which a DestinationRule says in this mesh. Source: their CRDs.
/// </summary>
internal static partial class AdmissionKinds
{
    private static readonly ObjectSchema s_parent = new ObjectSchema { { "group", ApiGroup }, { "kind", Kind }, { "name", ObjectName }, { "namespace", Namespace } }.Required("name");

    private static readonly ListSchema s_rules = ListOf(
        new ObjectSchema { { "name", SectionName }, { "backendRefs", ReferenceSchemas.WeightedBackends(filters: null, min: 1) } }.Required("backendRefs"), 1, 1);

    private static readonly ListSchema s_sniHosts = ListOf(Hostname, 1, 1024)
        .Rule("Hostnames cannot contain an IP", static list => list.Items.All(static h => IpText.CheckAddress(Text(h)) is not null))
        .Rule("Hostnames must be valid based on RFC-1123", static list => list.Items.All(static h => Text(h).Contains('*') || IsRfc1123(Text(h))))
        .Rule(
            "Wildcards on hostnames must be the first label, and the rest of hostname must be valid based on RFC-1123",
            static list => list.Items.All(static h => !Text(h).Contains('*') || (Text(h).StartsWith("*.", StringComparison.Ordinal) && IsRfc1123(Text(h)[2..]))));

    public static KindSchema ListenerSet { get; } = Schema(new ObjectSchema { { "parentRef", s_parent }, { "listeners", ListenerSchemas.Listeners } }.Required("listeners", "parentRef"));

    public static KindSchema TLSRoute { get; } = Schema(Route().With("hostnames", s_sniHosts).Required("hostnames", "rules"));

    /// <summary>TCPRoute and UDPRoute.</summary>
    public static KindSchema L4Route { get; } = Schema(Route().Required("rules"));

    public static KindSchema BackendTrafficPolicy { get; } = Schema(new ObjectSchema
    {
        { "targetRefs", ListOf(ReferenceSchemas.LocalObjectReference, 1, 16).Rule("Duplicate value: every target may occur once", static list => RuleSchemas.AreUnique(list, Target)) },
        {
            "retryConstraint",
            new ObjectSchema
            {
                { "budget", new ObjectSchema { { "percent", new IntegerSchema(0, 100) }, { "interval", Interval("interval cannot be greater than one hour or less than one second", TimeSpan.FromSeconds(1)) } } },
                { "minRetryRate", new ObjectSchema { { "count", new IntegerSchema(1, 1_000_000) }, { "interval", Interval("interval cannot be greater than one hour", TimeSpan.FromMilliseconds(1)) } } },
            }
        },
        { "sessionPersistence", SessionPersistenceSchema.Schema },
    }.Required("targetRefs"));

    /// <summary>The schema says it all; nothing of the document is kept.</summary>
    public static object Skip(ObjectReader reader)
    {
        reader.IgnoreRest();
        return "";
    }

    private static KindSchema Schema(ObjectSchema spec) => new(spec, RequiresSpec: true) { PrunesNulls = true };

    private static ObjectSchema Route() => new() { { "parentRefs", ParentRefsSchema.ParentRefs }, { "useDefaultGateways", AllOrNone }, { "rules", s_rules } };

    private static ObjectSchema With(this ObjectSchema schema, string name, FieldSchema field)
    {
        schema.Add(name, field);
        return schema;
    }

    private static TextSchema Interval(string message, TimeSpan min) => TextOf(pattern: GepDuration.Pattern)
        .Rule(message, text => !GatewayApi.GatewayDuration.TryParse(text, out var value) || (value >= min && value <= TimeSpan.FromHours(1)));

    private static string Target(ConfigNode target) => $"{target.TextAt("group")}/{target.TextAt("kind")}/{target.TextAt("name")}";

    private static string Text(ConfigNode node) => node.Scalar ?? "";

    // Longer texts are refused for their length.
    private static bool IsRfc1123(string host) => host.Length > 253 || Rfc1123().IsMatch(host);

    [GeneratedRegex(@"^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Rfc1123();
}
