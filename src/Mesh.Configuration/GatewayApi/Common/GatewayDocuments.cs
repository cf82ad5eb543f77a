using Mesh.Configuration.Kubernetes;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// The documents of this language by kind, with the Kubernetes objects it looks at. Of those that claim the same the older comes first,
/// then <c>namespace/name</c> by the alphabet; files carry no time and count as equally old. Source: GATEWAY_API §4.
/// </summary>
internal sealed class GatewayDocuments
{
    private readonly Dictionary<string, ModelMap<string>> _namespaces = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), ConfigMapSpec> _configMaps = [];
    private readonly Dictionary<(string, string), SecretSpec> _secrets = [];

    private GatewayDocuments()
    {
    }

    public List<Typed<GatewaySpec>> Gateways { get; } = [];

    public List<Typed<GatewayClassSpec>> GatewayClasses { get; } = [];

    public List<Typed<ListenerSetSpec>> ListenerSets { get; } = [];

    /// <summary>Routes of all kinds, in a common form.</summary>
    public List<RouteSource> Routes { get; } = [];

    public List<Typed<ReferenceGrantSpec>> ReferenceGrants { get; } = [];

    public List<Typed<BackendTLSPolicySpec>> BackendTLSPolicies { get; } = [];

    public static GatewayDocuments Of(IReadOnlyList<ConfigDocument> documents)
    {
        var set = new GatewayDocuments();

        // Most folders hold few of these kinds, or none, among many others.
        var own = documents.Where(static d => d.ApiVersion.StartsWith(GatewayApiGroup.Name, StringComparison.Ordinal)).ToArray();
        Array.Sort(own, CompareAge);
        foreach (var document in own)
        {
            set.Add(document);
        }

        foreach (var document in documents)
        {
            set.AddObject(document);
        }

        return set;
    }

    /// <summary>Labels of a namespace. Kubernetes gives each its name as a label, whether a document declares it or not.</summary>
    public ModelMap<string> LabelsOf(string @namespace)
    {
        const string NameLabel = "kubernetes.io/metadata.name";
        var labels = _namespaces.GetValueOrDefault(@namespace) ?? ModelMap<string>.Empty;
        return labels.TryGetValue(NameLabel, out _) ? labels : labels.Append(new KeyValuePair<string, string>(NameLabel, @namespace)).ToModelMap();
    }

    public ConfigMapSpec? ConfigMap(string @namespace, string name) => _configMaps.GetValueOrDefault((@namespace, name));

    public SecretSpec? Secret(string @namespace, string name) => _secrets.GetValueOrDefault((@namespace, name));

    public static int CompareAge(ConfigDocument left, ConfigDocument right)
    {
        var (a, b) = (left.Metadata, right.Metadata);
        var order = (a.CreationTimestamp ?? default).CompareTo(b.CreationTimestamp ?? default);
        order = order != 0 ? order : string.CompareOrdinal($"{a.Namespace}/{a.Name}", $"{b.Namespace}/{b.Name}");
        return order != 0 ? order : string.CompareOrdinal(left.Kind, right.Kind);
    }

    private void Add(ConfigDocument document)
    {
        switch (document.Spec)
        {
            case GatewaySpec spec:
                Gateways.Add(new(document, spec));
                break;
            case GatewayClassSpec spec:
                GatewayClasses.Add(new(document, spec));
                break;
            case ListenerSetSpec spec:
                ListenerSets.Add(new(document, spec));
                break;
            case HTTPRouteSpec spec:
                Routes.Add(RouteSource.Of(document, spec));
                break;
            case GRPCRouteSpec spec:
                Routes.Add(RouteSource.Of(document, spec));
                break;
            case L4RouteSpec spec:
                Routes.Add(RouteSource.Of(document, spec));
                break;
            case ReferenceGrantSpec spec:
                ReferenceGrants.Add(new(document, spec));
                break;
            case BackendTLSPolicySpec spec:
                BackendTLSPolicies.Add(new(document, spec));
                break;
            default:
                // Of another group with the same beginning.
                break;
        }
    }

    private void AddObject(ConfigDocument document)
    {
        var key = (document.Metadata.Namespace, document.Metadata.Name);
        switch (document.Spec)
        {
            case NamespaceSpec:
                _namespaces.TryAdd(document.Metadata.Name, document.Metadata.Labels);
                break;
            case ConfigMapSpec spec:
                _configMaps.TryAdd(key, spec);
                break;
            case SecretSpec spec:
                _secrets.TryAdd(key, spec);
                break;
            default:
                // Of no use here.
                break;
        }
    }
}
