namespace Mesh.Diagnostics;

/// <summary>How bad a <see cref="ConfigProblem"/> is.</summary>
public enum ConfigProblemSeverity
{
    /// <summary>The object works, but something in it has no effect or is likely a mistake.</summary>
    Warning,

    /// <summary>The object is not used; its last good version, if there was one, stays in force.</summary>
    Error,
}

/// <summary>What a <see cref="ConfigProblem"/> is about, for programs that treat one sort differently from the rest.</summary>
public enum ConfigProblemCause
{
    /// <summary>A mistake, or what is likely one.</summary>
    Mistake,

    /// <summary>A field or kind that is understood, and rightly written, but does not act in this process.</summary>
    WithoutEffect,

    /// <summary>A rule or match that never gets a request, because earlier ones take them.</summary>
    NeverUsed,
}

/// <summary>Something wrong with a piece of configuration: where, what, and what to do about it.</summary>
public sealed record ConfigProblem
{
    /// <summary>Error or warning.</summary>
    public required ConfigProblemSeverity Severity { get; init; }

    /// <summary>What the problem is about. Default: <see cref="ConfigProblemCause.Mistake"/>.</summary>
    public ConfigProblemCause Cause { get; init; }

    /// <summary>What is wrong and how to mend it, in one or two sentences.</summary>
    public required string Message { get; init; }

    /// <summary>File or other source the text came from; null when it was built in code.</summary>
    public string? Source { get; init; }

    /// <summary>One-based line in <see cref="Source"/>; 0 when unknown.</summary>
    public int Line { get; init; }

    /// <summary>One-based column; 0 when unknown.</summary>
    public int Column { get; init; }

    /// <summary>Kind of the object, for example <c>VirtualService</c>; empty when not even that could be read.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Namespace of the object.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Name of the object.</summary>
    public string Name { get; init; } = "";

    /// <summary>Path of the field inside the object, for example <c>spec.http[0].route[1].weight</c>.</summary>
    public string Field { get; init; } = "";

    /// <summary><c>mesh/catalog.yaml:12:9: error: VirtualService shop/catalog: spec.http[0].retries.attempts: …</c></summary>
    public override string ToString()
    {
        var place = Source is null ? "" : Line > 0 ? Column > 0 ? $"{Source}:{Line}:{Column}: " : $"{Source}:{Line}: " : $"{Source}: ";
        var severity = Severity == ConfigProblemSeverity.Error ? "error" : "warning";
        var subject = Kind.Length == 0 ? "" : Namespace.Length > 0 ? $" {Kind} {Namespace}/{Name}:" : $" {Kind} {Name}:";
        var field = Field.Length == 0 ? "" : $" {Field}:";
        return $"{place}{severity}:{subject}{field} {Message}";
    }
}
