using Mesh.Model;

namespace Mesh.Configuration.Reading;

/// <summary>The part of <c>metadata</c> the mesh looks at. Source: Kubernetes ObjectMeta.</summary>
internal sealed record ObjectMetadata
{
    public required string Name { get; init; }

    /// <summary>Namespace; empty until the reader fills in the default one.</summary>
    public string Namespace { get; init; } = "";

    public ModelMap<string> Labels { get; init; } = ModelMap<string>.Empty;

    public ModelMap<string> Annotations { get; init; } = ModelMap<string>.Empty;

    /// <summary>Age decides between documents that claim the same host: the older wins, as in Istio.</summary>
    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>Version of the spec that an API server counted; null in files.</summary>
    public long? Generation { get; init; }
}
