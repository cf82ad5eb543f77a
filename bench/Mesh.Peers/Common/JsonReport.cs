using System.Text.Json;

namespace Mesh.Peers.Common;

/// <summary>The raw figures of a run, every slice of it, for whoever wants to compute something else.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static void Write<T>(string? file, ReportHead head, IReadOnlyList<T> slices)
    {
        if (file is not null)
        {
            File.WriteAllText(file, JsonSerializer.Serialize(new { head, slices }, s_options) + "\n");
        }
    }
}
