using Mesh.Configuration.Reading;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Reads a GatewayClass.</summary>
internal static class GatewayClassReader
{
    public static GatewayClassSpec Read(ObjectReader reader) => new()
    {
        ControllerName = reader.RequiredString("controllerName"),
        ParametersRef = reader.Object("parametersRef", CommonReaders.Object),
        Description = reader.String("description"),
    };
}
