using Mesh.Configuration.Schema;
using static Mesh.Configuration.Istio.ConnectionPoolSchema;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.Istio;

/// <summary>The schema of a Sidecar. Source: Istio's CustomResourceDefinition.</summary>
internal static class SidecarSchema
{
    private static readonly ObjectSchema s_port = new() { { "number", UInt }, { "protocol", Text }, { "name", Text }, { "targetPort", UInt } };

    private static readonly TextSchema s_captureMode = Word("DEFAULT", "IPTABLES", "NONE");

    public static KindSchema Schema { get; } = new(new ObjectSchema
    {
        { "workloadSelector", CommonSchemas.WorkloadSelector },
        {
            "ingress",
            ListOf(new ObjectSchema
            {
                { "port", s_port },
                { "bind", Text },
                { "captureMode", s_captureMode },
                { "defaultEndpoint", Text },
                { "tls", CommonSchemas.ServerTls },
                { "connectionPool", ConnectionPool },
            }.Required("port"))
        },
        { "egress", ListOf(new ObjectSchema { { "port", s_port }, { "bind", Text }, { "captureMode", s_captureMode }, { "hosts", Texts } }.Required("hosts")) },
        { "inboundConnectionPool", ConnectionPool },
        { "outboundTrafficPolicy", new ObjectSchema { { "mode", Word("REGISTRY_ONLY", "ALLOW_ANY") }, { "egressProxy", CommonSchemas.Destination } } },
    });
}
