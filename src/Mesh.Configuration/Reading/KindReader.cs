using Mesh.Configuration.Schema;
using Mesh.Model;

namespace Mesh.Configuration.Reading;

/// <summary>How the documents of one kind are read.</summary>
/// <param name="Kind">For example <c>VirtualService</c>.</param>
/// <param name="ApiVersions">Every accepted <c>apiVersion</c>, the preferred one first.</param>
/// <param name="ReadSpec">Makes the typed spec from the fields of <c>spec</c>. Fields it does not ask for are reported as unknown.</param>
/// <param name="Validate">Checks one document by itself, after it was read without error; null when the reading says it all.</param>
internal sealed record KindReader(
    string Kind,
    ModelList<string> ApiVersions,
    Func<ObjectReader, object> ReadSpec,
    Action<ConfigDocument, ProblemSink>? Validate = null)
{
    /// <summary>Reads kinds whose fields stand beside <c>metadata</c> (Kubernetes ConfigMap, Secret, EndpointSlice) instead of below <c>spec</c>; null for all others.</summary>
    public Func<ObjectReader, object>? ReadDocument { get; init; }

    /// <summary>
    /// What a cluster's API server checks before <see cref="Validate"/>; null when it is not known. Made when it is first asked for: a mesh that loads a few
    /// kinds should not build the schemas of all.
    /// </summary>
    public Func<KindSchema>? Schema { get; init; }

    /// <summary>True when a document that the schema refuses is not loaded either; false when the reader alone decides what acts.</summary>
    public bool IsSchemaBinding { get; init; }

    /// <summary>True for kinds of the whole cluster, which have no namespace.</summary>
    public bool IsClusterScoped { get; init; }

    /// <summary>A kind whose fields stand beside <c>metadata</c>.</summary>
    public static KindReader OfDocument(string kind, ModelList<string> apiVersions, Func<ObjectReader, object> read) => new(kind, apiVersions, read) { ReadDocument = read };
}
