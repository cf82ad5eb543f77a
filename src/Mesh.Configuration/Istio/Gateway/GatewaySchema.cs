using Mesh.Configuration.Schema;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.Istio;

/// <summary>The schema of a Gateway. Source: Istio's CustomResourceDefinition; a port without number is left to the admission check, because a Unix socket has none.</summary>
internal static class GatewaySchema
{
    public static KindSchema Schema { get; } = new(new ObjectSchema
    {
        {
            "servers",
            ListOf(new ObjectSchema
            {
                { "port", new ObjectSchema { { "number", UInt }, { "protocol", Text }, { "name", Text }, { "targetPort", UInt } }.Required("protocol", "name") },
                { "bind", Text },
                { "hosts", Texts },
                { "tls", CommonSchemas.ServerTls },
                { "defaultEndpoint", Text },
                { "name", Text },
            }.Required("port", "hosts"))
        },
        { "selector", TextMap },
    });
}
