using Mesh.Configuration.Schema;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.GatewayApi;

/// <summary>The schema of a GatewayClass, and of an XMesh, which has the same fields. That <c>controllerName</c> never changes cannot be seen in one document. Source: its CRD.</summary>
internal static class GatewayClassSchema
{
    public static KindSchema Schema { get; } = new(
        new ObjectSchema
        {
            { "controllerName", TextOf(1, 253, @"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/[A-Za-z0-9\/\-._~%!$&'()*+,;=:]+$") },
            { "parametersRef", ReferenceSchemas.ObjectReference },
            { "description", TextOf(0, 64) },
        }.Required("controllerName"),
        RequiresSpec: true)
    {
        PrunesNulls = true,
    };
}
