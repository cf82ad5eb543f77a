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
        var input = Input(read, options, isWhole: false);
        var whole = new Lazy<AnalysisInput>(() => Input(read, options, isWhole: true));
        var found = Unreadable(read.Unreadable).Where(m => options.Only.Count == 0 || options.Only.Contains(m.Type.Code)).ToList();
        var skipped = new List<IAnalyzer>();
        foreach (var analyzer in AnalyzerCatalog.All)
        {
            var isNamed = options.Only.Count == 0 || options.Only.Contains(analyzer.Name);
            if (!isNamed && !analyzer.Reports.Any(r => options.Only.Contains(r.Code)))
            {
                continue;
            }

            var documents = IsInsistedOn(analyzer, options.Only) ? whole.Value : input;
            if (!documents.Has(analyzer.Needs))
            {
                skipped.Add(analyzer);
                continue;
            }

            var report = new AnalysisReport();
            analyzer.Analyze(documents, report);
            found.AddRange(report.Messages.Where(m => isNamed || options.Only.Contains(m.Type.Code)));
        }

        var suppressed = Suppressed(read.Documents);
        var messages = found
            .Where(m => !suppressed.TryGetValue(m.Resource, out var codes) || !(codes.Contains("*") || codes.Contains(m.Type.Code)))
            .Distinct()
            .OrderBy(static m => m.At.Source, StringComparer.Ordinal).ThenBy(static m => m.At.Line).ThenBy(static m => m.At.Column).ThenBy(static m => m.Type.Code, StringComparer.Ordinal)
            .ToArray();
        return new AnalysisResult(messages, read.Documents.Count, skipped)
        {
            LacksServices = input.Hosts.HasCluster && !input.ShowsServices,
            UsesSubsets = input.VirtualServices.Any(static v => RouteDestinations.Of(v.Spec).Any(static d => d.Destination.Subset is not null)),
        };
    }

    private static AnalysisInput Input(AnalysisTexts read, AnalysisOptions options, bool isWhole) =>
        new(read.Documents, read.Settings, options.MeshConfig, options.TimeProvider, isWhole, isAsked: options.Only.Count > 0);

    // A code that only one analyzer reports names that analyzer; others, such as IST0101, only filter.
    private static bool IsInsistedOn(IAnalyzer analyzer, IReadOnlyCollection<string> only) =>
        only.Contains(analyzer.Name) || analyzer.Reports.Any(r => only.Contains(r.Code) && AnalyzerCatalog.All.Count(a => a.Reports.Contains(r)) == 1);

    private static IEnumerable<AnalysisMessage> Unreadable(IEnumerable<ConfigProblem> problems) =>
        from problem in problems
        where problem.Severity == ConfigProblemSeverity.Error
        select new AnalysisMessage(MeshMessages.UnreadableText, "", new(problem.Source, problem.Line, problem.Column), problem.Message);

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

    /// <summary>
    /// Codes, or names of analyzers, to look for; empty: all. An analyzer that is asked for by its name, or by a code that is its alone, answers
    /// as if the documents were all there is; otherwise a question is only asked when they show enough.
    /// </summary>
    public IReadOnlyCollection<string> Only { get; init; } = [];

    /// <summary>Clock for what expires. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

/// <summary>What an analysis found.</summary>
/// <param name="Messages">The messages, in the order of files and lines.</param>
/// <param name="Documents">How many documents were looked at.</param>
/// <param name="Skipped">Questions that were not asked because the documents do not show what they need.</param>
internal sealed record AnalysisResult(IReadOnlyList<AnalysisMessage> Messages, int Documents, IReadOnlyList<IAnalyzer> Skipped)
{
    /// <summary>True when there are services among the documents, but fewer than the rules name in vain, so that nothing was said of missing ones.</summary>
    public bool LacksServices { get; init; }

    /// <summary>True when a rule names a subset.</summary>
    public bool UsesSubsets { get; init; }
}
