using System.Globalization;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// MESH1019: is the same object written more than once? A mesh that reads all of them uses the first, kubectl the last; where they are meant
/// to be applied one at a time that is no mistake, so it is said once for an object.
/// </summary>
internal sealed class DuplicateDocumentAnalyzer : IAnalyzer
{
    private const int Listed = 2;

    public string Name => "mesh.DuplicateDocument";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.DuplicateDocument];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var same in input.Written.Where(static d => d.Name.Length > 0).GroupBy(static d => (d.Kind, d.FullName)))
        {
            if (same.Skip(1).ToArray() is { Length: > 0 } others)
            {
                report.Add(
                    MeshMessages.DuplicateDocument, same.First(), "metadata.name",
                    $"is written again at {Places(others)}: a mesh that reads all of them uses this one, kubectl the last; keep one, or do not load them together");
            }
        }
    }

    private static string Places(AnalysisDocument[] documents)
    {
        var places = string.Join(", ", documents.Take(Listed).Select(static d => string.Create(CultureInfo.InvariantCulture, $"{d.Position.Source}:{d.Position.Line}")));
        return documents.Length > Listed ? $"{places} and {documents.Length - Listed} more" : places;
    }
}
