namespace Mesh.Conformance;

/// <summary>What became of one corpus: a line of the table.</summary>
/// <param name="Corpus">Folder or file of the corpus, for example <c>istio/validation</c>.</param>
/// <param name="Rows">Rows that were run.</param>
/// <param name="Passed">Rows with exactly the expected outcome.</param>
/// <param name="Exceptions">Rows that differ on purpose; docs/conformance.md argues each of them by its name.</param>
internal sealed record ConformanceResult(string Corpus, int Rows, int Passed, IReadOnlyCollection<string> Exceptions)
{
    public string ToRow() => $"| {Corpus} | {Rows} | {Passed} | {Exceptions.Count} |";
}
