using System.Text.Json;

namespace Samples.Supervision;

/// <summary>
/// A temporary folder that the processes of one run share: where the instances listen (as mesh configuration), which are alive,
/// and what else they keep. It goes when the sample stops.
/// </summary>
internal sealed class RunFolder(string sample) : IDisposable
{
    private const string StatusFile = "instances.json";
    private const string EndpointsFile = "endpoints.yaml";

    public string Path { get; } = Directory.CreateTempSubdirectory($"mesh-{sample}-").FullName;

    /// <summary>The mesh's documents about where the instances listen.</summary>
    public static string EndpointsOf(string runFolder) => System.IO.Path.Combine(runFolder, EndpointsFile);

    public void WriteEndpoints(string yaml) => File.WriteAllText(EndpointsOf(Path), yaml);

    public void WriteStatus(IEnumerable<InstanceStatus> instances)
    {
        // Moved into place, so that nobody reads half a file.
        var file = System.IO.Path.Combine(Path, StatusFile);
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(instances));
        File.Move(file + ".new", file, overwrite: true);
    }

    public static InstanceStatus[] ReadStatus(string runFolder)
    {
        var file = System.IO.Path.Combine(runFolder, StatusFile);
        return File.Exists(file) ? JsonSerializer.Deserialize<InstanceStatus[]>(File.ReadAllText(file)) ?? [] : [];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
