namespace Mesh.Configuration.Analysis;

/// <summary>MESH1019: is the same object written more than once? The mesh uses the first, kubectl the last.</summary>
internal sealed class DuplicateDocumentAnalyzer : IAnalyzer
{
    public string Name => "mesh.DuplicateDocument";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.DuplicateDocument];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        var first = new Dictionary<(DocumentKind, string), AnalysisDocument>();
        foreach (var document in input.Written)
        {
            if (document.Name.Length > 0 && !first.TryAdd((document.Kind, document.FullName), document))
            {
                report.Add(
                    MeshMessages.DuplicateDocument, document, "metadata.name",
                    $"is not used: {first[(document.Kind, document.FullName)].Position} has it first; remove one of them");
            }
        }
    }
}
