using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>What a controller would write into the <c>status</c> of an object, and what it cannot write because the other object is missing.</summary>
internal sealed record ObjectStatus
{
    public required string Kind { get; init; }

    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required string File { get; init; }

    /// <summary>One-based line on which the document begins; 0 when unknown.</summary>
    public int Line { get; init; }

    /// <summary>Of a GatewayClass, a Gateway or a ListenerSet.</summary>
    public ModelList<Condition> Conditions { get; init; } = [];

    /// <summary>Of a Gateway or a ListenerSet: its own.</summary>
    public ModelList<ListenerStatus> Listeners { get; init; } = [];

    /// <summary>Of a Gateway: how many accepted ListenerSets add listeners to it. Null for everything else.</summary>
    public int? AttachedListenerSets { get; init; }

    /// <summary>Of a route: an entry for each parent that exists.</summary>
    public ModelList<ParentStatus> Parents { get; init; } = [];

    /// <summary>Of a policy: an entry for each object through which requests reach its targets.</summary>
    public ModelList<ParentStatus> Ancestors { get; init; } = [];

    /// <summary>Parents and targets that do not exist. The API has no place for them; in a cluster such an object just has no status.</summary>
    public ModelList<MissingObject> Missing { get; init; } = [];

    public bool IsTrue(string type) => Conditions.Any(c => c.Type == type && c.Status == "True");
}

/// <summary>A listener of a Gateway or of a ListenerSet.</summary>
/// <param name="Name">Name.</param>
/// <param name="AttachedRoutes">How many routes it has taken, also when it cannot be served itself.</param>
/// <param name="SupportedKinds">Kinds of routes it takes.</param>
/// <param name="Conditions">Accepted, Conflicted, ResolvedRefs, Programmed; OverlappingTLSConfig where it is so.</param>
internal sealed record ListenerStatus(string Name, int AttachedRoutes, ModelList<string> SupportedKinds, ModelList<Condition> Conditions)
{
    public bool IsTrue(string type) => Conditions.Any(c => c.Type == type && c.Status == "True");
}

/// <summary>What is said of a route under one of its parents, or of a policy under one of its ancestors.</summary>
/// <param name="ParentRef">The parent.</param>
/// <param name="Conditions">Accepted, ResolvedRefs, PartiallyInvalid.</param>
internal sealed record ParentStatus(ParentName ParentRef, ModelList<Condition> Conditions);

/// <summary>A parent as a route names it, with defaults filled in.</summary>
internal sealed record ParentName(string Group, string Kind, string Namespace, string Name, string? SectionName = null, int? Port = null)
{
    public override string ToString() => $"{Kind} {Namespace}/{Name}";
}

/// <summary>An object that is named and does not exist.</summary>
/// <param name="Path">Field that names it.</param>
/// <param name="Object">The object.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
/// <param name="Line">One-based line of the field; 0 when unknown.</param>
internal sealed record MissingObject(string Path, ParentName Object, string Message, int Line);
