using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mesh.Configuration.GatewayApi;

namespace Mesh.Cli.Output;

/// <summary>The JSON of <c>status</c>, by generated code. Names are those of the API: <c>parents</c>, <c>conditions</c>, <c>attachedRoutes</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<ObjectStatus>))]
internal sealed partial class StatusJson : JsonSerializerContext
{
    public static StatusJson Indented { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
