using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mesh.Cli.Findings;

namespace Mesh.Cli.Output;

/// <summary>The JSON of <c>validate</c> and <c>analyze</c>, by generated code.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<ValidatedDocument>))]
[JsonSerializable(typeof(IReadOnlyList<AnalysisFinding>))]
internal sealed partial class FindingsJson : JsonSerializerContext
{
    /// <summary>On many lines, with quotes and signs left readable: the output is not put into HTML.</summary>
    public static FindingsJson Indented { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
