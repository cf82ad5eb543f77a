using Mesh.Configuration.Reading;
using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// A document as the analysis sees it: of any kind, also those the mesh does not read, and also one with mistakes, because the questions
/// that span documents have to be answered for what is written, not only for what would be admitted.
/// </summary>
internal sealed class AnalysisDocument
{
    public required DocumentKind Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>Namespace as written, else the default one; empty for objects of the cluster.</summary>
    public required string Namespace { get; init; }

    public ModelMap<string> Labels { get; init; } = ModelMap<string>.Empty;

    public ModelMap<string> Annotations { get; init; } = ModelMap<string>.Empty;

    /// <summary>The whole document as nodes.</summary>
    public required ConfigNode Root { get; init; }

    /// <summary>The typed spec, as far as it could be read; null for kinds without one.</summary>
    public object? Spec { get; init; }

    /// <summary>What a cluster with Istio would say of the document by itself.</summary>
    public IReadOnlyList<ConfigProblem> Problems { get; init; } = [];

    /// <summary>What a mesh in a process says besides: fields and kinds without effect there.</summary>
    public IReadOnlyList<ConfigProblem> Advice { get; init; } = [];

    /// <summary>True for what Istio always installs and nobody writes down; see <see cref="AssumedDocuments"/>.</summary>
    public bool IsAssumed { get; init; }

    /// <summary>True for what is nobody's to change: assumed documents, and those of Kubernetes' own namespaces. Nothing is said about them.</summary>
    public bool IsForeign => IsAssumed || Namespace is "kube-system" or "kube-public" or "kube-node-lease" or "local-path-storage";

    public string FullName => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";

    /// <summary><c>Kind namespace/name</c>.</summary>
    public string Resource => $"{Kind.Kind} {FullName}";

    public SourcePosition Position => Root.Position;

    /// <summary>A part of the document, <c>Part("spec", "selector")</c>; null when it is not written.</summary>
    public ConfigNode? Part(params ReadOnlySpan<string> names) => Root.At(names);

    /// <summary>The place of a field: of the nearest part of its path that is written.</summary>
    public SourcePosition PositionOf(string path) => FieldPath.Locate(Root, path, ignoreCase: false);
}

/// <summary>A document with its typed spec at hand.</summary>
internal readonly record struct Analyzed<T>(AnalysisDocument Document, T Spec)
{
    public string Namespace => Document.Namespace;

    public string Name => Document.Name;
}
