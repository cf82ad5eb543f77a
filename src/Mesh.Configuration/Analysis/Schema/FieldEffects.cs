using Mesh.Diagnostics;

namespace Mesh.Configuration.Analysis;

/// <summary>Tells the warnings about fields that are understood and do not act from those about mistakes.</summary>
internal static class FieldEffects
{
    public static bool IsAbout(ConfigProblem problem) =>
        problem.Severity == ConfigProblemSeverity.Warning
        && (problem.Message.StartsWith("read, but without effect here", StringComparison.Ordinal) || problem.Message == "parsed but not acted on yet"
            || problem.Message.Contains("is not read by the mesh", StringComparison.Ordinal));
}
