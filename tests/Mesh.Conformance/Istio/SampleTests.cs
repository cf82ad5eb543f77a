using Mesh.Configuration.Sources;
using Mesh.Diagnostics;

namespace Mesh.Conformance.Istio;

/// <summary>Istio's own sample documents and the YAML of its tests are read without an error.</summary>
public sealed class SampleTests
{
    [TestCase("samples")]
    [TestCase("config-samples")]
    public void Every_file_loads(string folder)
    {
        var root = Corpora.Require("istio", folder);
        var failures = new Dictionary<string, string>();
        var files = Directory.EnumerateFiles(root, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        foreach (var file in files)
        {
            var errors = MeshConfigReader.ReadYaml(File.ReadAllText(file), Path.GetFileName(file)).Problems.Where(static p => p.Severity == ConfigProblemSeverity.Error).ToArray();
            if (errors.Length > 0)
            {
                failures[Path.GetRelativePath(root, file)] = string.Join("; ", errors.Select(static e => e.ToString()));
            }
        }

        ConformanceReport.Settle($"istio/{folder}", files.Length, failures, new Dictionary<string, string>());
    }
}
