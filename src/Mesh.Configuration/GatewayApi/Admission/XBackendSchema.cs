using System.Text.RegularExpressions;
using Mesh.Configuration.Schema;
using static Mesh.Configuration.GatewayApi.NameSchemas;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.GatewayApi;

/// <summary>The schema of an XBackend, a destination outside the cluster. Source: its CRD of the experimental channel.</summary>
internal static partial class XBackendSchema
{
    private static readonly ObjectSchema s_port = new ObjectSchema
    {
        { "name", TextOf(0, 63).Rule("Name must be a valid DNS label", static name => name.Length is 0 or > 63 || Label().IsMatch(name)) },
        { "port", GatewayPort },
    }.Required("port");

    private static readonly ObjectSchema s_tls = new ObjectSchema
    {
        { "mode", Word("None", "ServerOnly", "ClientAndServer") },
        { "validation", BackendTLSPolicySchema.Validation },
        { "clientCertificateRef", ReferenceSchemas.SecretReference },
    }
        .Required("mode")
        .Rule("clientCertificateRef must be set if and only if mode is ClientAndServer", static t => t.TextAt("mode") == "ClientAndServer" == t.Has("clientCertificateRef"));

    public static KindSchema Schema { get; } = new(
        new ObjectSchema
        {
            { "type", Word("ExternalHostname") },
            {
                "externalHostname",
                new ObjectSchema { { "hostname", TextOf(1, 253, SubdomainPattern).Rule("hostname must not be an IP address or end with .cluster.local", static h => !h.EndsWith(".cluster.local", StringComparison.Ordinal)) } }
                    .Required("hostname")
            },
            { "port", s_port },
            { "protocol", Word("TCP", "HTTP", "HTTP2", "HTTP11", "H2C", "MCP") },
            { "tls", s_tls },
        }
            .Required("port", "type")
            .Rule("externalHostname must be set when type is ExternalHostname and must be unset otherwise", static s => s.TextAt("type") == "ExternalHostname" == s.Has("externalHostname")),
        RequiresSpec: true)
    {
        PrunesNulls = true,
    };

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Label();
}
