using Mesh.Configuration.Reading;
using Mesh.Configuration.Schema;
using static Mesh.Configuration.GatewayApi.NameSchemas;
using static Mesh.Configuration.GatewayApi.ReferenceSchemas;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.GatewayApi;

/// <summary>The schema of a BackendTLSPolicy. Source: its CRD.</summary>
internal static class BackendTLSPolicySchema
{
    private const string WellKnownPattern = @"^(System|([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]))$";
    private const string UriPattern = @"^(([^:/?#]+):)(//([^/?#]*))([^?#]*)(\?([^#]*))?(#(.*))?";
    private const string SameTarget = "when targetRefs includes 2 or more references to the same target";

    private static readonly ListSchema s_targets = ListOf(
        new ObjectSchema { { "group", ApiGroup }, { "kind", Kind }, { "name", ObjectName }, { "sectionName", SectionName } }.Required("group", "kind", "name"), 1, 16)
        .Rule($"sectionName must be specified {SameTarget}", static targets => targets.Items.All(a => targets.Items.All(b => Target(a) != Target(b) || Section(a).Length == 0 == (Section(b).Length == 0))))
        .Rule($"sectionName must be unique {SameTarget}", static targets => targets.Items.All(a => targets.Items.Count(b => Target(a) == Target(b) && Section(a) == Section(b)) == 1));

    private static readonly ObjectSchema s_name = new ObjectSchema
    {
        { "type", Word("Hostname", "URI") },
        { "hostname", Hostname },
        { "uri", TextOf(1, 253, UriPattern) },
    }
        .Required("type")
        .Rule("SubjectAltName element must contain Hostname, if Type is set to Hostname", static n => n.TextAt("type") != "Hostname" || IsSet(n, "hostname"))
        .Rule("SubjectAltName element must not contain Hostname, if Type is not set to Hostname", static n => n.TextAt("type") == "Hostname" || !IsSet(n, "hostname"))
        .Rule("SubjectAltName element must contain URI, if Type is set to URI", static n => n.TextAt("type") != "URI" || IsSet(n, "uri"))
        .Rule("SubjectAltName element must not contain URI, if Type is not set to URI", static n => n.TextAt("type") == "URI" || !IsSet(n, "uri"));

    /// <summary>How the peer is recognised; an XBackend says it in the same words.</summary>
    public static ObjectSchema Validation { get; } = new ObjectSchema
    {
        { "caCertificateRefs", ListOf(LocalObjectReference, max: 8) },
        { "wellKnownCACertificates", TextOf(1, 253, WellKnownPattern) },
        { "hostname", PreciseHostname },
        { "subjectAltNames", ListOf(s_name, max: 5) },
    }
        .Required("hostname")
        .Rule("must not contain both CACertificateRefs and WellKnownCACertificates", static v => !(HasCertificates(v) && IsSet(v, "wellKnownCACertificates")))
        .Rule("must specify either CACertificateRefs or WellKnownCACertificates", static v => HasCertificates(v) || IsSet(v, "wellKnownCACertificates"));

    public static KindSchema Schema { get; } = new(
        new ObjectSchema { { "targetRefs", s_targets }, { "validation", Validation }, { "options", Options } }.Required("targetRefs", "validation"),
        RequiresSpec: true)
    {
        PrunesNulls = true,
    };

    private static bool HasCertificates(ConfigNode validation) => validation.Field("caCertificateRefs") is { Items.Count: > 0 };

    private static bool IsSet(ConfigNode node, string name) => node.TextAt(name) is { Length: > 0 };

    private static (string? Group, string? Kind, string? Name) Target(ConfigNode target) => (target.TextAt("group"), target.TextAt("kind"), target.TextAt("name"));

    private static string Section(ConfigNode target) => target.TextAt("sectionName") ?? "";
}
