using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;

namespace Mesh.Peers.Common;

/// <summary>What a reader needs to repeat a run: command, date, machine, runtime.</summary>
internal sealed record ReportHead(string Command, string Date, string Machine, string Runtime)
{
    public static ReportHead Create(string command, string project = "Mesh.Peers") => new(
        $"dotnet run -c Release --project bench/{project} -- {command}".TrimEnd(),
        DateTimeOffset.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC",
        $"{Environment.ProcessorCount} cores, {ProcessorName()}, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30)} GiB, {RuntimeInformation.OSDescription}",
        $"{RuntimeInformation.FrameworkDescription}, {(GCSettings.IsServerGC ? "server" : "workstation")} GC");

    public void Write(TextWriter output)
    {
        output.WriteLine($"- command: `{Command}`");
        output.WriteLine($"- date: {Date}");
        output.WriteLine($"- machine: {Machine}");
        output.WriteLine($"- runtime: {Runtime}");
    }

    private static string ProcessorName() =>
        File.Exists("/proc/cpuinfo") && File.ReadLines("/proc/cpuinfo").FirstOrDefault(static l => l.StartsWith("model name", StringComparison.Ordinal)) is { } line
            ? line[(line.IndexOf(':') + 1)..].Trim()
            : RuntimeInformation.ProcessArchitecture.ToString();
}
