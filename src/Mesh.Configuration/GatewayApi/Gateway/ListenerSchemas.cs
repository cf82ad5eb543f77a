using Mesh.Configuration.Reading;
using Mesh.Configuration.Schema;
using static Mesh.Configuration.GatewayApi.NameSchemas;
using static Mesh.Configuration.GatewayApi.ReferenceSchemas;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.GatewayApi;

/// <summary>The schema of listeners, which Gateway and ListenerSet share. Source: their CRDs.</summary>
internal static class ListenerSchemas
{
    private const string ProtocolPattern = @"^[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?$|[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9]+$";

    private static readonly ObjectSchema s_tls = new ObjectSchema
    {
        { "mode", Word("Terminate", "Passthrough") },
        { "certificateRefs", ListOf(SecretReference, max: 64) },
        { "options", Options },
    }.Rule(
        "certificateRefs or options must be specified when mode is Terminate",
        static tls => Mode(tls) != "Terminate" || tls.Field("certificateRefs") is { Items.Count: > 0 } || tls.Field("options") is { Fields.Count: > 0 });

    private static readonly ObjectSchema s_listener = new ObjectSchema
    {
        { "name", SectionName },
        { "hostname", Hostname },
        { "port", GatewayPort },
        { "protocol", TextOf(1, 255, ProtocolPattern) },
        { "tls", s_tls },
        {
            "allowedRoutes",
            new ObjectSchema
            {
                { "namespaces", Namespaces("All", "Selector", "Same") },
                { "kinds", ListOf(new ObjectSchema { { "group", ApiGroup }, { "kind", Kind } }.Required("kind"), max: 8) },
            }
        },
    }.Required("name", "port", "protocol");

    public static ListSchema Listeners { get; } = ListOf(s_listener, 1, 64, key: "name")
        .Rule("tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']", static list => list.Items.All(static l => Protocol(l) is not ("HTTP" or "TCP" or "UDP") || !l.Has("tls")))
        .Rule("tls mode must be Terminate for protocol HTTPS", static list => list.Items.All(static l => Protocol(l) != "HTTPS" || l.Field("tls") is not { } tls || Mode(tls) == "Terminate"))
        .Rule("tls mode must be set for protocol TLS", static list => list.Items.All(static l => Protocol(l) != "TLS" || l.Has("tls")))
        .Rule("hostname must not be specified for protocols ['TCP', 'UDP']", static list => list.Items.All(static l => Protocol(l) is not ("TCP" or "UDP") || l.TextAt("hostname") is not { Length: > 0 }))
        .Rule("Listener name must be unique within the Gateway", static list => RuleSchemas.AreUnique(list, static l => l.TextAt("name")))
        .Rule("Combination of port, protocol and hostname must be unique for each listener", static list => RuleSchemas.AreUnique(list, Place));

    /// <summary>From which namespaces objects may attach.</summary>
    public static ObjectSchema Namespaces(params string[] from) => new() { { "from", Word(from) }, { "selector", LabelSelector } };

    private static string Mode(ConfigNode tls) => tls.TextAt("mode") is { Length: > 0 } mode ? mode : "Terminate";

    private static string? Protocol(ConfigNode listener) => listener.TextAt("protocol");

    private static string? Place(ConfigNode listener) => listener.Has("port") ? $"{listener.IntegerAt("port", 0)} {Protocol(listener)} {listener.TextAt("hostname")}" : null;
}
