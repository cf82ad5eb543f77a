using Mesh.Configuration.Sources;
using Mesh.Diagnostics;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// Looks across a set of documents: asks every question for which the documents show enough, leaves out what an object asks not to be
/// told (<c>galley.istio.io/analyze-suppress</c>), and puts the answers in the order of the files.
/// </summary>
internal static class ConfigurationAnalysis
{
    private const string Suppress = "galley.istio.io/analyze-suppress";

    /// <summary>Analyzes texts.</summary>
    /// <param name="texts">What is written, in order.</param>
    /// <param name="options">MeshConfig, namespace, codes; null: the defaults.</param>
    public static AnalysisResult Analyze(IEnumerable<ConfigText> texts, AnalysisOptions? options = null)
    {
        options ??= new();
        var read = AnalysisReader.Read(texts, options.DefaultNamespace);
        var input = new AnalysisInput(read.Documents, read.Settings, options.MeshConfig, options.TimeProvider, isWhole: false);
        var report = new AnalysisReport();
        foreach (var problem in read.Unreadable)
        {
            if (problem.Severity == ConfigProblemSeverity.Error)
            {
                report.Add(MeshMessages.UnreadableText, new(problem.Source, problem.Line, problem.Column), problem.Message);
            }
        }

        var skipped = new List<IAnalyzer>();
        foreach (var analyzer in AnalyzerCatalog.All)
        {
            if (options.Only.Count > 0 && !analyzer.Reports.Any(r => options.Only.Contains(r.Code)))
            {
                continue;
            }

            if (input.Has(analyzer.Needs))
            {
                analyzer.Analyze(input, report);
            }
            else
            {
                skipped.Add(analyzer);
            }
        }

        var suppressed = Suppressed(read.Documents);
        var messages = report.Messages
            .Where(m => options.Only.Count == 0 || options.Only.Contains(m.Type.Code))
            .Where(m => !suppressed.TryGetValue(m.Resource, out var codes) || !(codes.Contains("*") || codes.Contains(m.Type.Code)))
            .Distinct()
            .OrderBy(static m => m.At.Source, StringComparer.Ordinal).ThenBy(static m => m.At.Line).ThenBy(static m => m.At.Column).ThenBy(static m => m.Type.Code, StringComparer.Ordinal)
            .ToArray();
        return new AnalysisResult(messages, read.Documents.Count, skipped);
    }

    private static Dictionary<string, string[]> Suppressed(IReadOnlyList<AnalysisDocument> documents)
    {
        var suppressed = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var document in documents)
        {
            if (document.Annotations.TryGetValue(Suppress, out var codes))
            {
                suppressed[document.Resource] = codes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            }
        }

        return suppressed;
    }
}

/// <summary>Settings of an analysis.</summary>
internal sealed record AnalysisOptions
{
    /// <summary>MeshConfig; null: from the documents, else Istio's defaults.</summary>
    public MeshConfigView? MeshConfig { get; init; }

    /// <summary>Namespace of documents that name none. Default: <c>default</c>.</summary>
    public string DefaultNamespace { get; init; } = "default";

    /// <summary>Codes to look for; empty: all.</summary>
    public IReadOnlyCollection<string> Only { get; init; } = [];

    /// <summary>Clock for what expires. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

/// <summary>What an analysis found.</summary>
/// <param name="Messages">The messages, in the order of files and lines.</param>
/// <param name="Documents">How many documents were looked at.</param>
/// <param name="Skipped">Questions that were not asked because the documents do not show what they need.</param>
internal sealed record AnalysisResult(IReadOnlyList<AnalysisMessage> Messages, int Documents, IReadOnlyList<IAnalyzer> Skipped);
