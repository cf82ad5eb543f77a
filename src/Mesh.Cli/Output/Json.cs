using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Mesh.Cli.Explaining;
using Mesh.Configuration.Explain;
using Mesh.Configuration.Reading;

namespace Mesh.Cli.Output;

/// <summary>The JSON that commands print and read, by generated code: reflection would cost a short-lived process more than all the rest.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(BatchFailure))]
[JsonSerializable(typeof(BatchLine))]
internal sealed partial class Json : JsonSerializerContext
{
    /// <summary>On one line, for programs.</summary>
    public static Json Compact { get; } = new(Settings(indented: false));

    /// <summary>On many lines.</summary>
    public static Json Indented { get; } = new(Settings(indented: true));

    private static JsonSerializerOptions Settings(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = indented,

        // The output is not put into HTML; quotes and signs stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new DurationConverter(), new JsonStringEnumConverter<ExplainedOutcome>(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Durations as the documents write them.</summary>
    private sealed class DurationConverter : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DurationText.TryParse(reader.GetString(), out var value) ? value : throw new JsonException("not a duration");

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteStringValue(DurationText.Format(value));
    }
}
