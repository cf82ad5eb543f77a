using Mesh.Model;

namespace Mesh.Configuration.Validation;

/// <summary>What a cluster with Istio would say of one document.</summary>
internal sealed record DocumentValidation
{
    /// <summary>File or other source, as it was given.</summary>
    public required string File { get; init; }

    /// <summary>One-based line on which the document begins.</summary>
    public int Line { get; init; }

    /// <summary>Kind; empty when not even that could be read.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Namespace, the default one where none is written.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Name; empty when it has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>False when the document would be refused.</summary>
    public bool IsValid => Errors.Count == 0;

    /// <summary>Why it would be refused.</summary>
    public ModelList<DocumentFinding> Errors { get; init; } = [];

    /// <summary>What is accepted and likely a mistake.</summary>
    public ModelList<DocumentFinding> Warnings { get; init; } = [];
}

/// <summary>One thing that is wrong with a document.</summary>
/// <param name="Path">Field inside the document, <c>spec.http[0].timeout</c>; empty for the document as a whole.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
/// <param name="Line">One-based line; 0 when unknown.</param>
/// <param name="Column">One-based column; 0 when unknown.</param>
internal sealed record DocumentFinding(string Path, string Message, int Line, int Column);
