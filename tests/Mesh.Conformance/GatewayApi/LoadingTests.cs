using Mesh.Configuration.Sources;
using Mesh.Diagnostics;

namespace Mesh.Conformance.GatewayApi;

public sealed class LoadingTests
{
    [Test]
    public void Every_manifest_of_the_suite_loads()
    {
        var files = Directory.GetFiles(Corpora.Require("gateway-api"), "*.yaml", SearchOption.AllDirectories);
        var wrong = files.SelectMany(static file => MeshConfigReader.ReadYaml(File.ReadAllText(file), Path.GetFileName(file)).Problems)
            .Where(static p => p.Severity == ConfigProblemSeverity.Error)
            .Select(static p => p.ToString())
            .ToList();

        TestContext.Out.WriteLine($"gateway-api: {files.Length} manifests, {wrong.Count} errors");
        Assert.That(wrong, Is.Empty);
    }
}
