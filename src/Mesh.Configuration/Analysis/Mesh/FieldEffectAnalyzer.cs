using Mesh.Diagnostics;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// MESH1018 and MESH1022: what does a mesh in a process say of a document besides Istio's admission check? Which fields and kinds are
/// understood and have no effect there, and what is likely a mistake although Istio takes it.
/// </summary>
internal sealed class FieldEffectAnalyzer : IAnalyzer
{
    public string Name => "mesh.FieldWithoutEffect";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.FieldWithoutEffect, MeshMessages.LikelyMistake];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var document in input.Documents)
        {
            // Rules that are never used have codes of their own.
            foreach (var problem in document.Advice.Where(static a => a.Cause != ConfigProblemCause.NeverUsed))
            {
                var text = problem.Field.Length == 0 ? problem.Message : $"{problem.Field}: {problem.Message}";
                report.Add(problem.Cause == ConfigProblemCause.WithoutEffect ? MeshMessages.FieldWithoutEffect : MeshMessages.LikelyMistake, document, problem.Field, text);
            }
        }
    }
}
