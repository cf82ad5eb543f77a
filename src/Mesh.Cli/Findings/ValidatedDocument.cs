namespace Mesh.Cli.Findings;

/// <summary>What <c>meshctl validate -o json</c> prints of each document.</summary>
/// <param name="File">File; <c>-</c> for the standard input.</param>
/// <param name="Line">One-based line on which the document begins.</param>
/// <param name="Kind">Kind; empty when not even that could be read.</param>
/// <param name="Namespace">Namespace, the default one where none is written.</param>
/// <param name="Name">Name; empty when it has none.</param>
/// <param name="Valid">False when the document would be refused.</param>
/// <param name="Errors">Why it would be refused.</param>
/// <param name="Warnings">What is accepted and likely a mistake.</param>
internal sealed record ValidatedDocument(
    string File, int Line, string Kind, string Namespace, string Name, bool Valid, IReadOnlyList<DocumentRemark> Errors, IReadOnlyList<DocumentRemark> Warnings);

/// <summary>One thing said of a document.</summary>
/// <param name="Path">Field, <c>spec.http[0].timeout</c>; empty for the document as a whole.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
internal sealed record DocumentRemark(string Path, string Message);
