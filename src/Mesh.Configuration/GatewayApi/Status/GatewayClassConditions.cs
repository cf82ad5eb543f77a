using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Conditions of a GatewayClass. Every class counts as this mesh's own, whatever its controller; it knows no parameters. Source: Gateway API GatewayClass.</summary>
internal static class GatewayClassConditions
{
    public static ObjectStatus Of(Typed<GatewayClassSpec> gatewayClass)
    {
        var conditions = new ConditionList(gatewayClass.Document.Metadata.Generation);
        conditions.Add(ConditionType.Accepted, gatewayClass.Spec.ParametersRef is { } parameters
            ? new Fault("InvalidParameters", $"parameters of kind {parameters.Group}/{parameters.Kind} are not known; remove parametersRef")
            : null);

        // The schemas it is read with are the mesh's own.
        conditions.Add(ConditionType.SupportedVersion, null);
        return StatusTable.Begin(gatewayClass.Document) with { Conditions = conditions.ToModelList() };
    }
}
