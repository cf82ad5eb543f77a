using Mesh.Configuration.Schema;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.Istio;

/// <summary>Schemas of the messages that several kinds share. Source: the CustomResourceDefinitions of Istio's API.</summary>
internal static class CommonSchemas
{
    private const string GroupPattern = @"^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
    private const string KindPattern = "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$";

    /// <summary>Said by every kind that is attached by labels or by reference.</summary>
    public const string OneAttachment = "only one of targetRefs or selector can be set";

    /// <summary>The selector of policies: <c>matchLabels</c>.</summary>
    public static ObjectSchema PolicySelector { get; } = new()
    {
        {
            "matchLabels",
            MapOf(TextOf(0, 63).Rule("wildcard not allowed in label value match", static value => !value.Contains('*')), 0, 4096)
                .Rule("wildcard not allowed in label key match", static map => map.Fields.All(static f => !f.Key.Contains('*')))
                .Rule("key must not be empty", static map => map.Fields.All(static f => f.Key.Length > 0))
        },
    };

    /// <summary>The older selector of networking kinds: <c>labels</c>.</summary>
    public static ObjectSchema WorkloadSelector { get; } = new()
    {
        { "labels", MapOf(TextOf(0, 63).Rule("wildcard is not supported in selector", static value => !value.Contains('*')), 0, 256) },
    };

    public static ObjectSchema TargetRef { get; } = new ObjectSchema
    {
        { "group", TextOf(0, 253, GroupPattern) },
        { "kind", TextOf(1, 63, KindPattern) },
        { "name", TextOf(1, 253) },
        { "namespace", TextOf().Rule("cross namespace referencing is not currently supported", static value => value.Length == 0) },
    }.Required("kind", "name");

    public static ListSchema TargetRefs { get; } = ListOf(TargetRef, max: 16);

    public static ObjectSchema StringMatch { get; } = new ObjectSchema { { "exact", Text }, { "prefix", Text }, { "regex", Text } }.OneOf("exact", "prefix", "regex");

    public static ObjectSchema PortSelector { get; } = new() { { "number", UInt } };

    public static ObjectSchema Destination { get; } = new ObjectSchema { { "host", Text }, { "subset", Text }, { "port", PortSelector } }.Required("host");

    public static ObjectSchema Percent { get; } = new() { { "value", Number } };

    private static ObjectSchema HeaderOperations { get; } = new() { { "set", TextMap }, { "add", TextMap }, { "remove", Texts } };

    public static ObjectSchema Headers { get; } = new() { { "request", HeaderOperations }, { "response", HeaderOperations } };

    /// <summary>TLS towards endpoints.</summary>
    public static ObjectSchema ClientTls { get; } = new()
    {
        { "mode", Word("DISABLE", "SIMPLE", "MUTUAL", "ISTIO_MUTUAL") },
        { "clientCertificate", Text },
        { "privateKey", Text },
        { "caCertificates", Text },
        { "credentialName", Text },
        { "subjectAltNames", Texts },
        { "sni", Text },
        { "insecureSkipVerify", OptionalFlag },
        { "caCrl", Text },
    };

    /// <summary>TLS of a listener.</summary>
    public static ObjectSchema ServerTls { get; } = new()
    {
        { "httpsRedirect", Flag },
        { "mode", Word("PASSTHROUGH", "SIMPLE", "MUTUAL", "AUTO_PASSTHROUGH", "ISTIO_MUTUAL", "OPTIONAL_MUTUAL") },
        { "serverCertificate", Text },
        { "privateKey", Text },
        { "caCertificates", Text },
        { "caCrl", Text },
        { "credentialName", Text },
        { "credentialNames", Texts },
        { "caCertCredentialName", Text },
        { "tlsCertificates", ListOf(new ObjectSchema { { "serverCertificate", Text }, { "privateKey", Text }, { "caCertificates", Text } }) },
        { "subjectAltNames", Texts },
        { "verifyCertificateSpki", Texts },
        { "verifyCertificateHash", Texts },
        { "minProtocolVersion", TlsVersion },
        { "maxProtocolVersion", TlsVersion },
        { "cipherSuites", Texts },
        { "insecureSkipVerify", OptionalFlag },
    };

    private static TextSchema TlsVersion => Word("TLS_AUTO", "TLSV1_0", "TLSV1_1", "TLSV1_2", "TLSV1_3");
}
