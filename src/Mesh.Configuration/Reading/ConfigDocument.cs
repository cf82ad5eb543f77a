using Mesh.Model;

namespace Mesh.Configuration.Reading;

/// <summary>One object of the configuration, read and typed, with the place of each of its fields.</summary>
internal sealed record ConfigDocument
{
    public required string ApiVersion { get; init; }

    public required string Kind { get; init; }

    public required ObjectMetadata Metadata { get; init; }

    /// <summary>The typed spec record that the kind's reader made.</summary>
    public required object Spec { get; init; }

    /// <summary>Where the document was written, for the model.</summary>
    public required ConfigOrigin Origin { get; init; }

    /// <summary>Where the document begins.</summary>
    public SourcePosition Position { get; init; }

    /// <summary>File or other source the document came from.</summary>
    public string SourceName { get; init; } = "";

    /// <summary>Finds the place of a field by its path, <c>spec.http[0].route[1].weight</c>; null for documents built in code.</summary>
    public Func<string, SourcePosition>? Positions { get; init; }

    /// <summary>The place of a field: of the nearest part of its path that is written, at worst of the document.</summary>
    public SourcePosition PositionOf(string path) => Positions?.Invoke(path) ?? Position;

    public ObjectKey Key => new(Kind, Metadata.Namespace, Metadata.Name, ObjectKey.GroupOf(ApiVersion));
}

/// <summary>What makes an object the same object in every source and every version.</summary>
/// <param name="Kind">For example <c>Gateway</c>.</param>
/// <param name="Namespace">Namespace; empty for an object of the whole cluster.</param>
/// <param name="Name">Name.</param>
/// <param name="Group">API group, without version: Istio and Gateway API both have a kind Gateway.</param>
internal readonly record struct ObjectKey(string Kind, string Namespace, string Name, string Group)
{
    /// <summary>The group of an <c>apiVersion</c>; empty for Kubernetes' core.</summary>
    public static string GroupOf(string apiVersion)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? "" : apiVersion[..slash];
    }

    public override string ToString() => Namespace.Length == 0 ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";
}
