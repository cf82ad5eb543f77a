namespace Mesh.Configuration.Reading;

/// <summary>Where a piece of configuration stands in the text it came from.</summary>
/// <param name="Source">File or other source; null when it was built in code.</param>
/// <param name="Line">One-based line; 0 when unknown.</param>
/// <param name="Column">One-based column; 0 when unknown.</param>
public readonly record struct SourcePosition(string? Source, int Line = 0, int Column = 0)
{
    /// <summary><c>mesh/catalog.yaml:12:9</c>.</summary>
    public override string ToString() => Line == 0 ? Source ?? "" : Source is null ? $"{Line}:{Column}" : $"{Source}:{Line}:{Column}";
}
