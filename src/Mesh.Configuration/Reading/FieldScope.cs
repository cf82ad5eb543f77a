namespace Mesh.Configuration.Reading;

/// <summary>A place inside a document, for messages of validators: it knows its path, and finds line and column only when something is wrong there.</summary>
/// <param name="Document">The document that is checked.</param>
/// <param name="Problems">Where messages go.</param>
/// <param name="Path">Path of the place, <c>spec.http[0]</c>.</param>
internal readonly record struct FieldScope(ConfigDocument Document, ProblemSink Problems, string Path)
{
    public static FieldScope Spec(ConfigDocument document, ProblemSink problems) => new(document, problems, "spec");

    public FieldScope this[string field] => this with { Path = FieldPath.Combine(Path, field) };

    public FieldScope this[int index] => this with { Path = FieldPath.Combine(Path, index) };

    public void Error(string message) => Problems.Error(Path, Document.PositionOf(Path), message);

    public void Warning(string message) => Problems.Warning(Path, Document.PositionOf(Path), message);

    /// <summary>Says the message as an error when there is one.</summary>
    public void ErrorIf(string? message)
    {
        if (message is not null)
        {
            Error(message);
        }
    }

    /// <summary>A field that is understood and has no effect in a calling process; never passed over in silence.</summary>
    public void HasNoEffect(string why) => Advice($"read, but without effect here: {why}");

    /// <summary>A field that is understood and will act in a later version.</summary>
    public void NotActedOnYet() => Advice("parsed but not acted on yet");

    /// <summary>A warning of ours, for who runs a mesh; Istio's admission check does not say it.</summary>
    public void Advice(string message)
    {
        if (Problems.Purpose == ReadingPurpose.Load)
        {
            Warning(message);
        }
    }
}
