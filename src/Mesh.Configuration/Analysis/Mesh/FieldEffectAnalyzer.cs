using Mesh.Configuration.Istio;

namespace Mesh.Configuration.Analysis;

/// <summary>MESH1018: which fields are understood and have no effect in a process?</summary>
internal sealed class FieldEffectAnalyzer : IAnalyzer
{
    public string Name => "mesh.FieldWithoutEffect";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.FieldWithoutEffect];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var document in input.Documents)
        {
            // Rules that are never used have codes of their own.
            foreach (var problem in document.Advice.Where(static a => !a.Message.StartsWith(UnreachableRules.Prefix, StringComparison.Ordinal)))
            {
                report.Add(MeshMessages.FieldWithoutEffect, document, problem.Field, problem.Field.Length == 0 ? problem.Message : $"{problem.Field}: {problem.Message}");
            }
        }
    }
}
