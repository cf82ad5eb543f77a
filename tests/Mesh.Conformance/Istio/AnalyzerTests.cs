using System.Text.Json;
using Mesh.Configuration.Analysis;
using Mesh.Configuration.Sources;

namespace Mesh.Conformance.Istio;

/// <summary>
/// The cases of istioctl's own analyzers: one analyzer on its inputs has to report exactly the expected codes for the expected resources.
/// Cases about injection, clusters and images ask nothing that exists in a process and are left out by the corpus' own mark.
/// </summary>
public sealed class AnalyzerTests
{
    private static readonly Dictionary<string, IAnalyzer> s_analyzers = AnalyzerCatalog.All.ToDictionary(static a => a.Name, StringComparer.Ordinal);

    [Test]
    public void Every_case_of_istioctl_analyze_that_exists_in_process_is_answered_exactly()
    {
        var folder = Corpora.Require("istio", "analyzers");
        using var corpus = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "cases.json")));
        var relevant = corpus.RootElement.GetProperty("cases").EnumerateArray().Where(static c => c.GetProperty("inProcessRelevance").GetString() == "yes" && !IsSkipped(c)).ToArray();
        var failures = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var testCase in relevant)
        {
            if (Run(folder, testCase) is { } failure)
            {
                failures.Add(testCase.GetProperty("id").GetString()!, failure);
            }
        }

        Assert.That(relevant, Is.Not.Empty);
        ConformanceReport.Settle("istio/analyzers", relevant.Length, failures, new Dictionary<string, string>());
    }

    [Test]
    public void Codes_names_and_levels_are_those_of_istioctl()
    {
        using var corpus = JsonDocument.Parse(File.ReadAllText(Corpora.Require("istio", "analyzers", "messages.json")));
        var theirs = corpus.RootElement.EnumerateArray().ToDictionary(
            static m => m.GetProperty("code").GetString()!, static m => $"{m.GetProperty("name").GetString()} {m.GetProperty("level").GetString()}", StringComparer.Ordinal);

        Assert.That(
            from message in AnalyzerCatalog.Messages
            where message.Code.StartsWith("IST", StringComparison.Ordinal)
            let expected = theirs.GetValueOrDefault(message.Code)
            where expected != $"{message.Name} {message.Level}"
            select $"{message.Code}: {message.Name} {message.Level}, not {expected}",
            Is.Empty);
    }

    private static string? Run(string folder, JsonElement testCase)
    {
        var name = testCase.GetProperty("name").GetString();
        var analyzerName = testCase.GetProperty("analyzer").GetString()!;
        if (!s_analyzers.TryGetValue(analyzerName, out var analyzer))
        {
            return $"{name}: there is no analyzer '{analyzerName}'";
        }

        var texts = testCase.GetProperty("inputs").EnumerateArray().Select(i => Text(folder, i.GetString()!));
        var read = AnalysisReader.Read(texts, defaultNamespace: "");
        var meshConfig = testCase.TryGetProperty("meshConfigFile", out var file) ? MeshConfigView.Parse(Text(folder, file.GetString()!)) : MeshConfigView.Default;
        var report = new AnalysisReport();
        analyzer.Analyze(new AnalysisInput(read.Documents, read.Settings, meshConfig), report);

        var expected = testCase.GetProperty("expected").EnumerateArray().Select(static e => $"{e.GetProperty("code").GetString()} {e.GetProperty("resource").GetString()}").Order(StringComparer.Ordinal).ToArray();
        var actual = report.Messages.Select(static m => $"{m.Type.Code} {m.Resource}").Order(StringComparer.Ordinal).ToArray();
        return expected.SequenceEqual(actual) ? null : $"{name}:\n  missing: {Difference(expected, actual)}\n  too much: {Difference(actual, expected)}";
    }

    private static ConfigText Text(string folder, string path) => new(path, File.ReadAllText(Path.Combine(folder, path)));

    private static bool IsSkipped(JsonElement testCase) => testCase.TryGetProperty("skipAll", out var skip) && skip.GetBoolean();

    private static string Difference(IEnumerable<string> left, IEnumerable<string> right)
    {
        var rest = right.ToList();
        return string.Join("; ", left.Where(item => !rest.Remove(item)));
    }
}
