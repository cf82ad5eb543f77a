using Mesh.Configuration.Analysis;

namespace Mesh.Cli.Findings;

/// <summary>What <c>meshctl analyze -o json</c> prints of each message.</summary>
/// <param name="Code">Code, <c>IST0101</c>.</param>
/// <param name="Name">Name of the code.</param>
/// <param name="Level"><c>Error</c>, <c>Warning</c> or <c>Info</c>.</param>
/// <param name="Resource"><c>Kind namespace/name</c>; empty when no document could be recognised.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="File">File.</param>
/// <param name="Line">One-based line.</param>
internal sealed record AnalysisFinding(string Code, string Name, string Level, string Resource, string Message, string File, int Line)
{
    public static AnalysisFinding Of(AnalysisMessage message) => new(
        message.Type.Code, message.Type.Name, message.Type.Level.ToString(), message.Resource, message.Text, message.At.Source ?? "", message.At.Line);
}
