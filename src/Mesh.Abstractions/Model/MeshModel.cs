namespace Mesh.Model;

/// <summary>
/// The one neutral model that every configuration language is lowered to and every snapshot is compiled from.
/// Precedence, defaults, name resolution, merging and delegation are finished here: a rule list is already in the order in which it is tried.
/// </summary>
public sealed record MeshModel
{
    /// <summary>The model of a mesh nobody has configured: no services, unknown hosts pass through.</summary>
    public static MeshModel Empty { get; } = new();

    /// <summary>A short text that identifies this state of the configuration in logs, metrics and explanations. It takes no part in routing.</summary>
    public string Version { get; init; } = "0";

    /// <summary>The services a request can name. A host belongs to at most one of them: the first in this list wins.</summary>
    public ModelList<ServiceModel> Services { get; init; } = [];

    /// <summary>Ways into the mesh; a process that is only a client has no use for them.</summary>
    public ModelList<GatewayModel> Gateways { get; init; } = [];

    /// <summary>What happens to a request whose host is no service. Default: <see cref="OutboundTrafficPolicy.AllowAny"/>, as in Istio.</summary>
    public OutboundTrafficPolicy OutboundTrafficPolicy { get; init; }

    /// <summary>Retries of requests that no written rule forwards. Source: Istio MeshConfig.defaultHttpRetryPolicy.</summary>
    public RetryPolicy DefaultRetries { get; init; } = RetryPolicy.Default;

    /// <summary>The workload this process is, as far as routing looks at it.</summary>
    public Workload Workload { get; init; } = Workload.Default;
}

/// <summary>What happens to requests for hosts the mesh does not know. Source: Istio MeshConfig.outboundTrafficPolicy.</summary>
public enum OutboundTrafficPolicy
{
    /// <summary>The request passes through to the host it names, untouched (Istio's <c>PassthroughCluster</c>).</summary>
    AllowAny,

    /// <summary>The request is answered with 502 (Istio's <c>BlackHoleCluster</c>).</summary>
    RegistryOnly,
}

/// <summary>The identity of the calling process: what <c>sourceLabels</c>, <c>sourceNamespace</c>, short names and locality rules are resolved against.</summary>
public sealed record Workload
{
    /// <summary>A workload without labels in namespace <c>default</c>.</summary>
    public static Workload Default { get; } = new();

    /// <summary>Name of the workload, for telemetry. Default: empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>Kubernetes namespace of the workload. Default: <c>default</c>.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Labels of the workload (<c>app</c>, <c>version</c>, …).</summary>
    public ModelMap<string> Labels { get; init; } = ModelMap<string>.Empty;

    /// <summary>Where the workload runs.</summary>
    public Locality Locality { get; init; }

    /// <summary>DNS suffix of the cluster. Default: <c>cluster.local</c>.</summary>
    public string DomainSuffix { get; init; } = "cluster.local";
}

/// <summary>A place: region, zone and sub-zone, each possibly empty. Written <c>region/zone/subzone</c> in Istio documents.</summary>
/// <param name="Region">For example <c>europe-west1</c>.</param>
/// <param name="Zone">For example <c>europe-west1-b</c>.</param>
/// <param name="SubZone">For example a rack.</param>
public readonly record struct Locality(string? Region, string? Zone = null, string? SubZone = null)
{
    /// <summary>True when no part is known.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(Region);

    /// <summary>Reads <c>region[/zone[/subzone]]</c>; null or empty gives the empty locality.</summary>
    /// <param name="text">The text of a document.</param>
    public static Locality Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return default;
        }

        var parts = text.Split('/', 3);
        return new Locality(parts[0], parts.Length > 1 ? parts[1] : null, parts.Length > 2 ? parts[2] : null);
    }

    /// <inheritdoc />
    public override string ToString() => SubZone is { Length: > 0 } ? $"{Region}/{Zone}/{SubZone}" : Zone is { Length: > 0 } ? $"{Region}/{Zone}" : Region ?? "";
}

/// <summary>Where a piece of the model was written, for explanations and problems.</summary>
/// <param name="Kind">Kind of the document, for example <c>VirtualService</c>; <c>Services</c> for the configuration section.</param>
/// <param name="Namespace">Namespace of the object.</param>
/// <param name="Name">Name of the object.</param>
/// <param name="Source">File, configuration section or other source, when known.</param>
/// <param name="Line">
/// One-based line in <paramref name="Source"/>, 0 when unknown. Takes no part in the comparison: an object that has only moved in its file is the same.
/// </param>
public sealed record ConfigOrigin(string Kind, string Namespace, string Name, string? Source = null, int Line = 0)
{
    /// <inheritdoc />
    public bool Equals(ConfigOrigin? other) =>
        other is not null && Kind == other.Kind && Namespace == other.Namespace && Name == other.Name && Source == other.Source;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Kind, Namespace, Name, Source);

    /// <summary><c>VirtualService shop/catalog</c>.</summary>
    public override string ToString() => Namespace.Length == 0 ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";
}
