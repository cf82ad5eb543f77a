using Mesh.Configuration.Reading;
using Mesh.Configuration.Schema;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.Istio;

/// <summary>The schema of a PeerAuthentication. Source: Istio's CustomResourceDefinition.</summary>
internal static class PeerAuthenticationSchema
{
    private static readonly ObjectSchema s_mtls = new() { { "mode", Word("UNSET", "DISABLE", "PERMISSIVE", "STRICT") } };

    // The names of the map are numbers, which OpenAPI cannot say: CEL converts them, and fails with an error of its own on a word.
    private static readonly MapSchema s_ports = MapOf(s_mtls, min: 1)
        .Rule("type conversion error from 'string' to 'int' evaluating 'int': a port is a number", static ports => ports.Fields.All(static p => ScalarText.TryInteger(p.Key, out _)))
        .Rule("port must be between 1-65535", static ports => ports.Fields.All(static p => !ScalarText.TryInteger(p.Key, out var port) || port is > 0 and <= 65535));

    public static KindSchema Schema { get; } = new(new ObjectSchema
    {
        { "selector", CommonSchemas.PolicySelector },
        { "mtls", s_mtls },
        { "portLevelMtls", s_ports },
    }.Rule("portLevelMtls requires selector", static spec => !spec.Has("portLevelMtls") || spec.Field("selector")?.Field("matchLabels") is { Fields.Count: > 0 }));
}
