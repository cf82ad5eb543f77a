using Mesh.Configuration.Istio;
using Mesh.Configuration.Kubernetes;
using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Analysis;

/// <summary>The documents of one analysis and what several questions ask of them. Built once, read only.</summary>
internal sealed class AnalysisInput
{
    private static readonly IReadOnlyList<AnalysisDocument> s_none = [];
    private readonly Dictionary<DocumentKind, List<AnalysisDocument>> _byKind = [];
    private readonly Dictionary<(DocumentKind, string), AnalysisDocument> _byName = [];
    private readonly Lazy<PodIndex> _pods;
    private readonly Lazy<ServiceHosts> _services;
    private readonly Lazy<bool> _showsServices;
    private readonly Lazy<bool> _showsGatewayPods;

    /// <param name="documents">What is analyzed.</param>
    /// <param name="settings">Files that are no objects, such as appsettings.json.</param>
    /// <param name="meshConfig">MeshConfig; null: from the documents, else the defaults.</param>
    /// <param name="timeProvider">Clock for what expires.</param>
    /// <param name="isWhole">True when the documents are all there is, as in a dump of a cluster; false for a folder, which may be a part.</param>
    /// <param name="isAsked">True when somebody asks for certain messages: then one declared service is enough to judge hosts by.</param>
    public AnalysisInput(
        IReadOnlyList<AnalysisDocument> documents, IReadOnlyList<ConfigNode>? settings = null, MeshConfigView? meshConfig = null, TimeProvider? timeProvider = null, bool isWhole = true, bool isAsked = false)
    {
        IsWhole = isWhole;
        MeshConfig = meshConfig ?? MeshConfigView.Find(documents) ?? MeshConfigView.Default;
        Written = documents;
        Documents = [.. documents.DistinctBy(static d => (d.Kind, d.FullName)), .. AssumedDocuments.For(MeshConfig)];
        Settings = settings ?? [];
        TimeProvider = timeProvider ?? TimeProvider.System;
        foreach (var document in Documents)
        {
            if (!_byKind.TryGetValue(document.Kind, out var list))
            {
                _byKind[document.Kind] = list = [];
            }

            list.Add(document);
            _byName.TryAdd((document.Kind, document.FullName), document);
        }

        VirtualServices = Typed<VirtualServiceSpec>(DocumentKind.VirtualService);
        DestinationRules = Typed<DestinationRuleSpec>(DocumentKind.DestinationRule);
        ServiceEntries = Typed<ServiceEntrySpec>(DocumentKind.ServiceEntry);
        WorkloadEntries = Typed<WorkloadEntrySpec>(DocumentKind.WorkloadEntry);
        Gateways = Typed<GatewaySpec>(DocumentKind.Gateway);
        Sidecars = Typed<SidecarSpec>(DocumentKind.Sidecar);
        Services = Typed<ServiceSpec>(DocumentKind.Service);
        _pods = new(() => PodIndex.Build(this));
        _services = new(() => ServiceHosts.Build(this));
        _showsGatewayPods = new(() => isWhole || Gateways.Any(g => Pods.All.Any(p => !p.Document.IsAssumed && p.Matches(g.Spec.Selector))));
        _showsServices = new(() => isWhole || (Hosts.HasCluster && (isAsked || NamedServices.AreDeclared(this))));
    }

    /// <summary>The documents that count: of those for the same object the first, and the assumed ones.</summary>
    public IReadOnlyList<AnalysisDocument> Documents { get; }

    /// <summary>Everything that is written, also what does not count.</summary>
    public IReadOnlyList<AnalysisDocument> Written { get; }

    public IReadOnlyList<ConfigNode> Settings { get; }

    public MeshConfigView MeshConfig { get; }

    public TimeProvider TimeProvider { get; }

    public IReadOnlyList<Analyzed<VirtualServiceSpec>> VirtualServices { get; }

    public IReadOnlyList<Analyzed<DestinationRuleSpec>> DestinationRules { get; }

    public IReadOnlyList<Analyzed<ServiceEntrySpec>> ServiceEntries { get; }

    public IReadOnlyList<Analyzed<WorkloadEntrySpec>> WorkloadEntries { get; }

    public IReadOnlyList<Analyzed<GatewaySpec>> Gateways { get; }

    public IReadOnlyList<Analyzed<SidecarSpec>> Sidecars { get; }

    public IReadOnlyList<Analyzed<ServiceSpec>> Services { get; }

    /// <summary>Every pod that the documents show or would make.</summary>
    public PodIndex Pods => _pods.Value;

    /// <summary>Every service that the documents show, by host and by who may see it.</summary>
    public ServiceHosts Hosts => _services.Value;

    public IReadOnlyList<AnalysisDocument> OfKind(DocumentKind kind) => _byKind.TryGetValue(kind, out var list) ? list : s_none;

    /// <summary>The object of a name, written <c>namespace/name</c>, or <c>name</c> alone for objects without a namespace.</summary>
    public AnalysisDocument? Find(DocumentKind kind, string fullName) => _byName.GetValueOrDefault((kind, fullName));

    /// <summary>The object that a document of <paramref name="namespace"/> calls <paramref name="name"/>: <c>namespace/name</c> or a name of the same namespace.</summary>
    public AnalysisDocument? Find(DocumentKind kind, string @namespace, string name) => Find(kind, Qualify(@namespace, name));

    public static string Qualify(string @namespace, string name) => name.Contains('/') || @namespace.Length == 0 ? name : $"{@namespace}/{name}";

    /// <summary>True when what is not among the documents does not exist; false when some of it may be kept elsewhere.</summary>
    public bool IsWhole { get; }

    /// <summary>True when the documents show which services the cluster has.</summary>
    public bool ShowsServices => _showsServices.Value;

    /// <summary>True when the documents show whether a host exists: names of the cluster cannot be judged without its Services.</summary>
    public bool Shows(string host, string @namespace) =>
        ShowsServices || !ServiceAliases.TrySplit(Hosts.Expand(host, @namespace), MeshConfig.ClusterDomain, out _, out _);

    /// <summary>True when the documents show the workloads of a namespace.</summary>
    public bool ShowsWorkloads(string @namespace) =>
        IsWhole || Pods.InNamespace(@namespace).Any(static p => !p.Document.IsAssumed) || WorkloadEntries.Any(w => w.Namespace == @namespace);

    /// <summary>True when the documents show the pods of gateways, which are mostly installed apart from what they serve.</summary>
    public bool ShowsGatewayPods => _showsGatewayPods.Value;

    /// <summary>True when the documents show which namespaces exist.</summary>
    public bool ShowsNamespaces => IsWhole || OfKind(DocumentKind.Namespace).Any(static n => !n.IsAssumed);

    /// <summary>True when the documents show what a question needs.</summary>
    public bool Has(AnalysisNeeds needs) =>
        IsWhole
        || ((!needs.HasFlag(AnalysisNeeds.Services) || Hosts.HasAny)
            && (!needs.HasFlag(AnalysisNeeds.Workloads) || Pods.HasAny || WorkloadEntries.Count > 0)
            && (!needs.HasFlag(AnalysisNeeds.DestinationRules) || DestinationRules.Count > 0));

    private List<Analyzed<T>> Typed<T>(DocumentKind kind)
        where T : class
    {
        var list = new List<Analyzed<T>>();
        foreach (var document in OfKind(kind))
        {
            if (document.Spec is T spec)
            {
                list.Add(new(document, spec));
            }
        }

        return list;
    }
}
