using Mesh.Diagnostics;

namespace Mesh.Configuration.Reading;

/// <summary>What came of one document.</summary>
/// <param name="SourceName">File or other source the document stands in.</param>
/// <param name="Key">Which object it describes; null when not even that could be read.</param>
/// <param name="Document">The object; null when it has errors.</param>
/// <param name="Problems">Its errors and warnings.</param>
internal sealed record DocumentResult(string SourceName, ObjectKey? Key, ConfigDocument? Document, IReadOnlyList<ConfigProblem> Problems)
{
    public SourcePosition Position { get; init; }

    /// <summary>Kind, namespace and name as far as they could be read; each may be empty.</summary>
    public ObjectKey Identity { get; init; }
}
