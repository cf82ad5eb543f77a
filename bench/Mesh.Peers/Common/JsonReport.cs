using System.Text.Json;
using System.Text.Json.Serialization;

namespace Mesh.Peers.Common;

/// <summary>The raw figures of a run, every slice of it, for whoever wants to compute something else.</summary>
internal static class JsonReport
{
    /// <summary>One line, for what a child tells its parent. A slice without an answer has no percentiles: NaN must pass.</summary>
    public static readonly JsonSerializerOptions Line = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static void Write<T>(string? file, ReportHead head, IReadOnlyList<T> slices)
    {
        if (file is not null)
        {
            File.WriteAllText(file, JsonSerializer.Serialize(new { head, slices }, s_options) + "\n");
        }
    }
}
