using Mesh.Configuration.Istio;
using Mesh.Configuration.Kubernetes;
using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Analysis;

/// <summary>A service as rules see it.</summary>
internal sealed record ServiceView
{
    /// <summary>Full host; may begin with <c>*</c>.</summary>
    public required string Host { get; init; }

    public required string Namespace { get; init; }

    /// <summary>The Service or ServiceEntry; null for a name of a <c>Services</c> section.</summary>
    public AnalysisDocument? Document { get; init; }

    /// <summary>Ports; null when they are decided elsewhere.</summary>
    public IReadOnlyList<int>? Ports { get; init; }

    /// <summary>Labels of the pods behind it; null when it chooses none.</summary>
    public ModelMap<string>? Selector { get; init; }

    /// <summary>Endpoints that are written down with it.</summary>
    public IReadOnlyList<WorkloadEntrySpec> Endpoints { get; init; } = [];
}

/// <summary>
/// Services by host and scope. A name is looked for among what everybody sees, then among what the asking document's namespaces see,
/// and last among the wildcards. Source: the host lookup of istioctl analyze.
/// </summary>
internal sealed class ServiceHosts
{
    private readonly Dictionary<(string Scope, string Host), ServiceView> _byHost = [];
    private readonly List<(string Scope, ServiceView Service)> _wildcards = [];
    private readonly List<ServiceView> _all = [];
    private readonly string _domain;

    private ServiceHosts(string domain) => _domain = domain;

    /// <summary>Every service, once.</summary>
    public IReadOnlyList<ServiceView> All => _all;

    /// <summary>False when only assumed services are known.</summary>
    public bool HasAny { get; private set; }

    /// <summary>True when services of the cluster are known, not only those that ServiceEntries add.</summary>
    public bool HasCluster { get; private set; }

    public static ServiceHosts Build(AnalysisInput input)
    {
        var hosts = new ServiceHosts(input.MeshConfig.ClusterDomain);
        // Where both know a host, the cluster's own service is the one that is meant.
        foreach (var service in input.Services)
        {
            hosts.Add(ExportScopes.Of(ServiceLowering.ExportTo(service.Document.Annotations), service.Namespace), hosts.Service(service));
        }

        foreach (var entry in input.ServiceEntries)
        {
            foreach (var host in entry.Spec.Hosts)
            {
                hosts.Add(ExportScopes.Of(entry.Spec.ExportTo, entry.Namespace), hosts.Entry(entry, host));
            }
        }

        foreach (var settings in input.Settings)
        {
            hosts.AddSection(settings.At("Services"));
        }

        return hosts;
    }

    /// <summary>The full host that a document of <paramref name="namespace"/> means.</summary>
    public string Expand(string host, string @namespace) => HostName.Expand(host, @namespace, _domain);

    /// <summary>The service a document means; null when there is none it may see.</summary>
    /// <param name="namespace">Namespace of the document.</param>
    /// <param name="exportTo">Where the document itself is seen: a rule that acts elsewhere has to find its services there.</param>
    /// <param name="host">Host as written.</param>
    public ServiceView? Find(string @namespace, ModelList<string> exportTo, string host)
    {
        var full = Expand(host, @namespace);
        if (_byHost.TryGetValue((ExportScopes.Everywhere, full), out var service))
        {
            return service;
        }

        foreach (var scope in exportTo.Count == 0 ? [@namespace] : exportTo)
        {
            if (_byHost.TryGetValue((scope == "." ? @namespace : scope, full), out service))
            {
                return service;
            }
        }

        foreach (var (scope, wildcard) in _wildcards)
        {
            if ((scope == ExportScopes.Everywhere || scope == @namespace) && HostName.IsWithin(full, wildcard.Host))
            {
                return wildcard;
            }
        }

        return null;
    }

    private ServiceView Entry(Analyzed<ServiceEntrySpec> entry, string host) => new()
    {
        Host = Expand(host, entry.Namespace),
        Namespace = entry.Namespace,
        Document = entry.Document,
        Ports = [.. entry.Spec.Ports.Select(static p => p.Number)],
        Selector = entry.Spec.WorkloadSelector is { Labels.Count: > 0 } selector ? selector.Labels : null,
        Endpoints = entry.Spec.Endpoints,
    };

    private ServiceView Service(Analyzed<ServiceSpec> service) => new()
    {
        Host = Expand(service.Name, service.Namespace),
        Namespace = service.Namespace,
        Document = service.Document,
        Ports = [.. service.Spec.Ports.Select(static p => p.Port)],
        Selector = service.Spec.Selector.Count > 0 ? service.Spec.Selector : null,
    };

    // The names of the configuration's Services section, which belong to the namespace of the workload that reads it.
    private void AddSection(ConfigNode? section)
    {
        foreach (var (name, _) in section?.Fields ?? [])
        {
            var host = name.ToLowerInvariant();
            foreach (var @namespace in (ReadOnlySpan<string>)["default", ""])
            {
                Add([ExportScopes.Everywhere], new ServiceView { Host = Expand(host, @namespace), Namespace = @namespace });
            }
        }
    }

    private void Add(IReadOnlyList<string> scopes, ServiceView service)
    {
        var isNew = false;
        foreach (var scope in scopes)
        {
            isNew |= _byHost.TryAdd((scope, service.Host), service);
            if (HostName.IsWildcard(service.Host))
            {
                _wildcards.Add((scope, service));
            }
        }

        if (isNew)
        {
            _all.Add(service);
            HasAny |= service.Document is not { IsAssumed: true };
            HasCluster |= service.Document is not { IsAssumed: true } && service.Document?.Kind != DocumentKind.ServiceEntry;
        }
    }
}
