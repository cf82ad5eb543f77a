using Mesh.Diagnostics;

namespace Mesh.Configuration.Reading;

/// <summary>
/// A place inside a document, for messages of validators. Validators name thousands of places and nearly none has anything wrong, so a place is a step from
/// the one above; its path, line and column are made only when something is wrong there.
/// </summary>
internal readonly record struct FieldScope
{
    private readonly Step _step;

    /// <param name="document">The document that is checked.</param>
    /// <param name="problems">Where messages go.</param>
    /// <param name="path">Path of the place, <c>spec.http[0]</c>.</param>
    public FieldScope(ConfigDocument document, ProblemSink problems, string path)
        : this(document, problems, new Step(null, path, -1))
    {
    }

    private FieldScope(ConfigDocument document, ProblemSink problems, Step step) => (Document, Problems, _step) = (document, problems, step);

    public ConfigDocument Document { get; }

    public ProblemSink Problems { get; }

    /// <summary>Path of the place, <c>spec.http[0]</c>.</summary>
    public string Path => _step.Path;

    public static FieldScope Spec(ConfigDocument document, ProblemSink problems) => new(document, problems, "spec");

    public FieldScope this[string field] => new(Document, Problems, new Step(_step, field, -1));

    public FieldScope this[int index] => new(Document, Problems, new Step(_step, "", index));

    public void Error(string message)
    {
        var path = Path;
        Problems.Error(path, Document.PositionOf(path), message);
    }

    public void Warning(string message) => Warning(message, ConfigProblemCause.Mistake);

    /// <summary>A rule or match that earlier ones leave nothing for.</summary>
    public void NeverUsed(string why) => Warning($"never used: {why}", ConfigProblemCause.NeverUsed);

    /// <summary>Says the message as an error when there is one.</summary>
    public void ErrorIf(string? message)
    {
        if (message is not null)
        {
            Error(message);
        }
    }

    /// <summary>A field that is understood and has no effect in a calling process; never passed over in silence.</summary>
    public void HasNoEffect(string why) => Advice($"read, but without effect here: {why}", ConfigProblemCause.WithoutEffect);

    /// <summary>A field that is understood and will act in a later version.</summary>
    public void NotActedOnYet() => Advice("parsed but not acted on yet", ConfigProblemCause.WithoutEffect);

    /// <summary>A warning of ours, for who runs a mesh; Istio's admission check does not say it.</summary>
    public void Advice(string message) => Advice(message, ConfigProblemCause.Mistake);

    private void Advice(string message, ConfigProblemCause cause)
    {
        if (Problems.Purpose == ReadingPurpose.Load)
        {
            Warning(message, cause);
        }
    }

    /// <summary>A mistake that Istio's admission check lets pass and that a mesh cannot run with.</summary>
    public void LoadError(string message)
    {
        if (Problems.Purpose == ReadingPurpose.Load)
        {
            Error(message);
        }
    }

    /// <summary>What Istio's admission check refuses, although a mesh could run with it.</summary>
    public void AdmissionError(string message)
    {
        if (Problems.Purpose == ReadingPurpose.Admission)
        {
            Error(message);
        }
    }

    private void Warning(string message, ConfigProblemCause cause)
    {
        var path = Path;
        Problems.Warning(path, Document.PositionOf(path), message, cause);
    }

    private sealed class Step(Step? above, string name, int index)
    {
        public string Path => above is null ? name : index < 0 ? FieldPath.Combine(above.Path, name) : FieldPath.Combine(above.Path, index);
    }
}
