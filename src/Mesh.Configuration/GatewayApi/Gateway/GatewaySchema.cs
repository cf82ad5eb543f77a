using System.Text.RegularExpressions;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Schema;
using static Mesh.Configuration.GatewayApi.NameSchemas;
using static Mesh.Configuration.GatewayApi.ReferenceSchemas;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.GatewayApi;

/// <summary>The schema of a Gateway. Source: its CRD.</summary>
internal static partial class GatewaySchema
{
    // A DNS name, a slash, 63 characters; longer keys are not worth an expression.
    private const int MaxKey = 253 + 1 + 63;

    private const string AddressTypePattern =
        @"^Hostname|IPAddress|NamedAddress|[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9\/\-._~%!$&'()*+,;=:]+$";

    private static readonly ListSchema s_addresses = ListOf(
        new ObjectSchema { { "type", TextOf(1, 253, AddressTypePattern) }, { "value", TextOf(0, 253) } }.Rule(
            $"Hostname value must be empty or contain only valid characters (matching {HostnamePattern})",
            static a => AddressType(a) != "Hostname" || a.TextAt("value") is not { Length: <= 253 } value || HostnameText().IsMatch(value)),
        max: 16)
        .Rule("IPAddress values must be unique", static list => RuleSchemas.AreUnique(list, static a => AddressType(a) == "IPAddress" ? a.TextAt("value") : null))
        .Rule("Hostname values must be unique", static list => RuleSchemas.AreUnique(list, static a => AddressType(a) == "Hostname" ? a.TextAt("value") : null));

    private static readonly ObjectSchema s_frontendTls = new()
    {
        {
            "validation",
            new ObjectSchema { { "caCertificateRefs", ListOf(ObjectReference, 1, 16) }, { "mode", Word("AllowValidOnly", "AllowInsecureFallback") } }.Required("caCertificateRefs")
        },
    };

    private static readonly ObjectSchema s_tls = new()
    {
        { "backend", new ObjectSchema { { "clientCertificateRef", SecretReference } } },
        {
            "frontend",
            new ObjectSchema
            {
                { "default", s_frontendTls },
                {
                    "perPort",
                    ListOf(new ObjectSchema { { "port", GatewayPort }, { "tls", s_frontendTls } }.Required("port", "tls"), max: 64, key: "port")
                        .Rule("Port for TLS configuration must be unique within the Gateway", static list => RuleSchemas.AreUnique(list, static p => p.TextAt("port")))
                },
            }.Required("default")
        },
    };

    private static readonly ObjectSchema s_infrastructure = new()
    {
        { "labels", WithKeys(MapOf(TextOf(0, 63, "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$"), 0, 8), "Label", "label") },
        { "annotations", WithKeys(MapOf(TextOf(0, 4096), 0, 16), "Annotation", "annotation") },
        { "parametersRef", LocalObjectReference },
    };

    public static KindSchema Schema { get; } = new(
        new ObjectSchema
        {
            { "gatewayClassName", ObjectName },
            { "listeners", ListenerSchemas.Listeners },
            { "addresses", s_addresses },
            { "infrastructure", s_infrastructure },
            { "allowedListeners", new ObjectSchema { { "namespaces", ListenerSchemas.Namespaces("All", "Selector", "Same", "None") } } },
            { "tls", s_tls },
            { "defaultScope", AllOrNone },
        }.Required("gatewayClassName", "listeners"),
        RequiresSpec: true)
    {
        PrunesNulls = true,
    };

    private static string AddressType(ConfigNode address) => address.TextAt("type") ?? "IPAddress";

    private static MapSchema WithKeys(MapSchema map, string upper, string lower) => map
        .Rule(
            $"{upper} keys must be in the form of an optional DNS subdomain prefix followed by a required name segment of up to 63 characters.",
            static m => m.Fields.All(static f => f.Key.Length <= MaxKey && KeyText().IsMatch(f.Key)))
        .Rule(
            $"If specified, the {lower} key's prefix must be a DNS subdomain not longer than 253 characters in total.",
            static m => m.Fields.All(static f => f.Key.AsSpan().IndexOf('/') is var slash && (slash < 0 ? f.Key.Length : slash) < 253));

    [GeneratedRegex(HostnameBody + @"\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostnameText();

    [GeneratedRegex("^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]\\z", RegexOptions.CultureInvariant)]
    private static partial Regex KeyText();
}
