using Mesh.Configuration.Reading;
using Mesh.Configuration.Sources;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// What the analysis looks at in MeshConfig, with Istio's defaults for what is not written. Read from the bare MeshConfig or from the
/// ConfigMap that carries it under <c>data.mesh</c>.
/// </summary>
internal sealed class MeshConfigView
{
    private readonly ConfigNode? _root;

    private MeshConfigView(ConfigNode? root) => _root = root;

    /// <summary>Istio's defaults.</summary>
    public static MeshConfigView Default { get; } = new(null);

    /// <summary>Namespace whose policies are for the whole mesh.</summary>
    public string RootNamespace => _root.Text("rootNamespace") is { Length: > 0 } name ? name : "istio-system";

    public string ClusterDomain => _root.Text("clusterDomain") is { Length: > 0 } domain ? domain : "cluster.local";

    /// <summary>True unless the mesh has no ingress gateway of its own.</summary>
    public bool HasIngressGateway => _root.Text("ingressControllerMode") != "OFF";

    public string IngressService => _root.Text("ingressService") is { Length: > 0 } name ? name : "istio-ingressgateway";

    /// <summary>Names of the access log providers that act where a Telemetry names none.</summary>
    public IReadOnlyList<ConfigNode> DefaultAccessLogProviders => _root.List("defaultProviders", "accessLogging");

    /// <summary>Entries of <c>extensionProviders</c>.</summary>
    public IReadOnlyList<ConfigNode> ExtensionProviders => _root.List("extensionProviders");

    /// <summary>An entry of <c>defaultConfig.proxyMetadata</c>.</summary>
    public string? ProxyMetadata(string name) => _root.Text("defaultConfig", "proxyMetadata", name);

    /// <summary>The first document of a text; the defaults when it holds none.</summary>
    public static MeshConfigView Parse(ConfigText text)
    {
        var root = AnalysisReader.Parse(text).FirstOrDefault(static d => d.Root is { Kind: ConfigNodeKind.Mapping })?.Root;
        return root is null ? Default : root.Text("data", "mesh") is { } inner ? Parse(new ConfigText(text.SourceName, inner)) : new(root);
    }

    /// <summary>The MeshConfig that a cluster keeps in the ConfigMap <c>istio</c> of its root namespace, when it is among the documents.</summary>
    public static MeshConfigView? Find(IEnumerable<AnalysisDocument> documents)
    {
        foreach (var document in documents)
        {
            if (document.Kind == DocumentKind.ConfigMap && document is { Name: "istio", Namespace: "istio-system" } && document.Root.Text("data", "mesh") is { } mesh)
            {
                return Parse(new ConfigText(document.Resource, mesh));
            }
        }

        return null;
    }
}
