using System.Text.Json;
using System.Text.RegularExpressions;
using Mesh.Configuration.Explain;
using Mesh.Configuration.Sources;
using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Conformance.GatewayApi;

/// <summary>One test of the suite: its manifests, its requests, and the changes between them.</summary>
internal sealed partial class GatewayTest
{
    private readonly string[] _documents;
    private readonly JsonElement[] _mutations;
    private readonly Dictionary<(string, int), MeshExplainer> _explainers = [];

    private GatewayTest(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file).Replace("{UUID}", "0d5ae5ae-5a17-4b29-9c2c-5d1f3ad0d7a1", StringComparison.Ordinal));
        var root = json.RootElement.Clone();
        var folder = Path.GetDirectoryName(file)!;
        var manifests = root.GetProperty("manifests").EnumerateArray().Select(static m => m.GetString()!).Prepend(root.GetProperty("base_manifest").GetString()!);
        _documents = [.. manifests.SelectMany(m => Separator().Split(File.ReadAllText(Path.Combine(folder, m)).Replace("{GATEWAY_CLASS_NAME}", "mesh", StringComparison.Ordinal)))];
        _mutations = root.TryGetProperty("mutations", out var mutations) ? [.. mutations.EnumerateArray()] : [];
        Cases = [.. root.GetProperty("cases").EnumerateArray().Select(static c => new GatewayCase(c))];
    }

    public IReadOnlyList<GatewayCase> Cases { get; }

    public static IEnumerable<GatewayTest> In(string folder) =>
        Directory.GetFiles(Corpora.Require("gateway-api", folder), "*.json").Order(StringComparer.Ordinal).Select(static file => new GatewayTest(file));

    /// <summary>What the mesh says about a request.</summary>
    public Explanation Explain(GatewayCase request)
    {
        var key = (request.Namespace, request.AfterMutations);
        if (!_explainers.TryGetValue(key, out var explainer))
        {
            _explainers[key] = explainer = new MeshExplainer(Model(request));
        }

        return explainer.Explain(request.Request());
    }

    private MeshModel Model(GatewayCase request)
    {
        IEnumerable<string> documents = _documents;
        foreach (var mutation in _mutations.Where(m => m.GetProperty("id").GetInt32() <= request.AfterMutations))
        {
            Assert.That(mutation.GetProperty("op").GetString(), Is.EqualTo("delete"), "the only change the routing tests make");
            var kind = mutation.GetProperty("kind").GetString();
            var name = mutation.GetProperty("name").GetString()!.Split('/')[1];
            documents = documents.Where(d => !(d.Contains($"kind: {kind}\n", StringComparison.Ordinal) && d.Contains($"name: {name}\n", StringComparison.Ordinal)));
        }

        var read = MeshConfigReader.ReadYaml(string.Join("\n---\n", documents), "suite", new MeshConfigHubOptions { Workload = Workload.Default with { Namespace = request.Namespace } });
        Assert.That(read.Problems.Where(static p => p.Severity == ConfigProblemSeverity.Error).Select(static p => p.ToString()), Is.Empty);
        return read.Model;
    }

    [GeneratedRegex(@"^---\s*$", RegexOptions.Multiline)]
    private static partial Regex Separator();
}
