using Mesh.Model;

namespace Mesh.Client;

/// <summary>Settings of the mesh of a process. Bound from the configuration section <c>Mesh</c>; every one has a default that works.</summary>
public sealed class MeshOptions
{
    /// <summary>Name of this workload, for telemetry. Default: the application name.</summary>
    public string WorkloadName { get; set; } = "";

    /// <summary>Namespace of this workload: what short names in rules and requests are relative to. Default: <c>default</c>.</summary>
    public string Namespace { get; set; } = "default";

    /// <summary>Labels of this workload, matched by <c>sourceLabels</c> and workload selectors.</summary>
    public IDictionary<string, string> Labels { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where this workload runs, as <c>region/zone/subzone</c>. Default: unknown.</summary>
    public string? Locality { get; set; }

    /// <summary>DNS suffix of the cluster. Default: <c>cluster.local</c>.</summary>
    public string DomainSuffix { get; set; } = "cluster.local";

    /// <summary>What happens to requests for hosts the mesh does not know. Default: they pass through, as in Istio.</summary>
    public OutboundTrafficPolicy OutboundTrafficPolicy { get; set; }

    /// <summary>Files or folders of YAML and JSON documents, relative to the content root; watched. Default: none.</summary>
    public IList<string> ConfigPaths { get; } = [];

    /// <summary>
    /// File with mesh-wide defaults in the form of Istio's MeshConfig (also the ConfigMap that holds one), relative to the content root; read once at start.
    /// Default: none. What these options say themselves goes before it.
    /// </summary>
    public string? MeshConfigPath { get; set; }

    /// <summary>
    /// True lets callers of the application steer single requests with Envoy's <c>x-envoy-*</c> request headers (time-outs, retries, injected faults),
    /// which are then taken off the request. False (default) sends them on untouched.
    /// </summary>
    public bool AcceptEnvoyHeaders { get; set; }

    /// <summary>Name of the configuration section that lists service endpoints. Default: <c>Services</c>, as Microsoft.Extensions.ServiceDiscovery and Aspire write it.</summary>
    public string ServicesSection { get; set; } = "Services";

    /// <summary>How often DNS names are resolved again. Default: 60 s, Istio's dnsRefreshRate.</summary>
    public TimeSpan DnsRefreshRate { get; set; } = DefaultDnsRefreshRate;

    /// <summary>
    /// True throws <see cref="MeshException"/> where the mesh would answer by itself (no healthy endpoint 503, time-out 504, …); false (default) answers, as a sidecar does.
    /// </summary>
    public bool ThrowOnLocalReply { get; set; }

    /// <summary>How long the first requests wait for configuration sources that are not local files. Default: 5 s; then the mesh starts with what is there.</summary>
    public TimeSpan InitialLoadTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What <see cref="ConfigPaths"/> are relative to. Default: the content root of the host, else the working directory.</summary>
    public string? ContentRoot { get; set; }

    internal static TimeSpan DefaultDnsRefreshRate { get; } = TimeSpan.FromSeconds(60);

    /// <summary>The workload these options describe.</summary>
    internal Workload ToWorkload() => new()
    {
        Name = WorkloadName,
        Namespace = Namespace,
        Labels = Labels.ToModelMap(),
        Locality = Model.Locality.Parse(Locality),
        DomainSuffix = DomainSuffix,
    };
}
