using Mesh.Configuration.Reading;
using Mesh.Configuration.Schema;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.Istio;

/// <summary>The schema of a ServiceEntry. Source: Istio's CustomResourceDefinition.</summary>
internal static class ServiceEntrySchema
{
    private static readonly ObjectSchema s_port = new ObjectSchema
    {
        { "number", Port },
        { "protocol", TextOf(0, 256) },
        { "name", TextOf(0, 256) },
        { "targetPort", Port },
    }.Required("number", "name");

    public static KindSchema Schema { get; } = new(
        new ObjectSchema
        {
            { "hosts", ListOf(TextOf().Rule("hostname cannot be wildcard", static host => host != "*"), 1, 256) },
            { "addresses", ListOf(TextOf(0, 64), max: 256) },
            { "ports", ListOf(s_port, max: 256, key: "name").Rule("port number cannot be duplicated", static ports => AreDistinct(ports.Items.Select(static p => p.TextAt("number")))) },
            { "location", Word("MESH_EXTERNAL", "MESH_INTERNAL") },
            { "resolution", Word("NONE", "STATIC", "DNS", "DNS_ROUND_ROBIN", "DYNAMIC_DNS") },
            { "endpoints", ListOf(WorkloadEntrySchema.Entry, max: 4096) },
            { "workloadSelector", CommonSchemas.WorkloadSelector },
            { "exportTo", Texts },
            { "subjectAltNames", Texts },
        }
        .Required("hosts")
        .Rule("only one of WorkloadSelector or Endpoints can be set", static spec => spec.CountOf("workloadSelector", "endpoints") <= 1)
        .Rule(
            "CIDR addresses are allowed only for NONE/STATIC resolution types",
            static spec => Resolution(spec) is "NONE" or "STATIC" || spec.Field("addresses")?.Items.Any(static a => a.Scalar?.Contains('/') is true) is not true)
        .Rule("NONE mode cannot set endpoints", static spec => Resolution(spec) != "NONE" || !spec.Has("endpoints"))
        .Rule("DNS_ROUND_ROBIN mode cannot have multiple endpoints", static spec => Resolution(spec) != "DNS_ROUND_ROBIN" || spec.Field("endpoints") is not { Items.Count: > 1 }),
        RequiresSpec: true);

    private static string Resolution(ConfigNode spec) => spec.TextAt("resolution") ?? "NONE";

    private static bool AreDistinct(IEnumerable<string?> values)
    {
        var seen = new HashSet<string?>(StringComparer.Ordinal);
        return values.All(value => value is null || seen.Add(value));
    }
}
