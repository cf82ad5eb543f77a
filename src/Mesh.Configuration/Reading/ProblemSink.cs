using Mesh.Diagnostics;

namespace Mesh.Configuration.Reading;

/// <summary>
/// Collects what is wrong with configuration. <see cref="Kind"/>, <see cref="Namespace"/>, <see cref="Name"/> and <see cref="Source"/>
/// name the object that is being worked on and go into every problem added while they are set.
/// </summary>
internal sealed class ProblemSink
{
    private readonly List<ConfigProblem> _problems = [];

    public string Kind { get; set; } = "";

    public string Namespace { get; set; } = "";

    public string Name { get; set; } = "";

    public string? Source { get; set; }

    /// <summary>What is being read for; advice on what acts in a mesh is only given to who runs one.</summary>
    public ReadingPurpose Purpose { get; init; }

    /// <summary>True when at least one of the problems is an error.</summary>
    public bool HasErrors { get; private set; }

    public IReadOnlyList<ConfigProblem> Problems => _problems;

    /// <summary>The object that the following problems belong to.</summary>
    public void Begin(string kind, string @namespace, string name, string? source)
    {
        (Kind, Namespace, Name, Source) = (kind, @namespace, name, source);
    }

    /// <summary>The document that the following problems belong to; for validators and lowering.</summary>
    public void Begin(ConfigDocument document) =>
        Begin(document.Kind, document.Metadata.Namespace, document.Metadata.Name, document.SourceName);

    public void Error(string field, SourcePosition at, string message) => Add(ConfigProblemSeverity.Error, field, at, message);

    public void Warning(string field, SourcePosition at, string message, ConfigProblemCause cause = ConfigProblemCause.Mistake) =>
        Add(ConfigProblemSeverity.Warning, field, at, message, cause);

    public void Add(ConfigProblem problem)
    {
        _problems.Add(problem);
        HasErrors |= problem.Severity == ConfigProblemSeverity.Error;
    }

    public void AddRange(IEnumerable<ConfigProblem> problems)
    {
        foreach (var problem in problems)
        {
            Add(problem);
        }
    }

    private void Add(ConfigProblemSeverity severity, string field, SourcePosition at, string message, ConfigProblemCause cause = ConfigProblemCause.Mistake) => Add(new ConfigProblem
    {
        Severity = severity,
        Cause = cause,
        Message = message,
        Source = at.Source ?? Source,
        Line = at.Line,
        Column = at.Column,
        Kind = Kind,
        Namespace = Namespace,
        Name = Name,
        Field = field,
    });
}
