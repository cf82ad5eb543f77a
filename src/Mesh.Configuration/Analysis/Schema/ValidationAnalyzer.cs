using Mesh.Configuration.Istio;
using Mesh.Diagnostics;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// Is a document of one kind valid by itself? What the reader and the validator of the kind say, as messages. The order of rules has
/// messages of its own. Source: Istio schema.ValidationAnalyzer.
/// </summary>
internal sealed class ValidationAnalyzer(string kind) : IAnalyzer
{
    public string Name => $"schema.ValidationAnalyzer.{kind}";

    public IReadOnlyList<MessageType> Reports =>
    [
        IstioMessages.SchemaValidationError, IstioMessages.SchemaWarning, IstioMessages.VirtualServiceUnreachableRule,
        IstioMessages.VirtualServiceIneffectiveMatch,
    ];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var document in input.Written)
        {
            if (document.Kind.Kind != kind)
            {
                continue;
            }

            var findings = document.Spec is VirtualServiceSpec spec ? RuleOrder.Of(spec).ToArray() : [];
            foreach (var problem in document.Problems)
            {
                Add(report, document, problem);
            }

            foreach (var finding in findings)
            {
                report.Add(finding.IsRule ? IstioMessages.VirtualServiceUnreachableRule : IstioMessages.VirtualServiceIneffectiveMatch, document, finding.Path, finding.Text);
            }
        }
    }

    private static void Add(AnalysisReport report, AnalysisDocument document, ConfigProblem problem)
    {
        var isError = problem.Severity == ConfigProblemSeverity.Error;
        if (!isError && problem.Cause == ConfigProblemCause.NeverUsed)
        {
            // What is never used has codes of its own.
            return;
        }

        var field = problem.Field.Length == 0 ? "" : $"{problem.Field}: ";
        report.Add(isError ? IstioMessages.SchemaValidationError : IstioMessages.SchemaWarning, document, problem.Field, field + problem.Message);
    }
}
