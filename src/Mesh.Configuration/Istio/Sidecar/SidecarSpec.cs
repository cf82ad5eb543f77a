using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>What a workload sees of the mesh. Source: Istio networking Sidecar.</summary>
public sealed record SidecarSpec
{
    /// <summary>Workloads that are governed; null: all of the namespace.</summary>
    public WorkloadSelectorSpec? WorkloadSelector { get; init; }

    /// <summary>Inbound listeners. Read only on the calling side.</summary>
    public ModelList<IstioIngressListenerSpec> Ingress { get; init; } = [];

    /// <summary>Imported hosts; empty: everything exported to the workload.</summary>
    public ModelList<IstioEgressListenerSpec> Egress { get; init; } = [];

    /// <summary>Inbound limits. They act where requests arrive.</summary>
    public ConnectionPoolSpec? InboundConnectionPool { get; init; }

    /// <summary>What happens to unknown hosts; null: the mesh's setting.</summary>
    public OutboundTrafficPolicySpec? OutboundTrafficPolicy { get; init; }
}

/// <summary>Imported hosts. Source: Istio IstioEgressListener.</summary>
public sealed record IstioEgressListenerSpec
{
    /// <summary>Only this port; null: all.</summary>
    public SidecarPortSpec? Port { get; init; }

    /// <summary>Address of the listener. No meaning in process.</summary>
    public string? Bind { get; init; }

    /// <summary>How traffic is captured. No meaning in process.</summary>
    public CaptureMode? CaptureMode { get; init; }

    /// <summary><c>namespace/dnsName</c> each; <c>.</c> is the own namespace, <c>*</c> any, <c>~</c> none.</summary>
    public ModelList<string> Hosts { get; init; } = [];
}

/// <summary>An inbound listener. Source: Istio IstioIngressListener.</summary>
public sealed record IstioIngressListenerSpec
{
    /// <summary>Port.</summary>
    public SidecarPortSpec? Port { get; init; }

    /// <summary>Address of the listener.</summary>
    public string? Bind { get; init; }

    /// <summary>How traffic is captured.</summary>
    public CaptureMode? CaptureMode { get; init; }

    /// <summary>Address of the application.</summary>
    public string? DefaultEndpoint { get; init; }

    /// <summary>TLS of the listener.</summary>
    public ServerTLSSettingsSpec? Tls { get; init; }

    /// <summary>Limits of the listener.</summary>
    public ConnectionPoolSpec? ConnectionPool { get; init; }
}

/// <summary>A port of a Sidecar. Source: Istio SidecarPort.</summary>
public sealed record SidecarPortSpec
{
    /// <summary>Port number.</summary>
    public required int Number { get; init; }

    /// <summary>Protocol.</summary>
    public string? Protocol { get; init; }

    /// <summary>Name.</summary>
    public string? Name { get; init; }

    /// <summary>Ignored, as in Istio.</summary>
    public int? TargetPort { get; init; }
}

/// <summary>What happens to unknown hosts. Source: Istio OutboundTrafficPolicy.</summary>
public sealed record OutboundTrafficPolicySpec
{
    /// <summary>Null with the block present: REGISTRY_ONLY.</summary>
    public OutboundTrafficPolicyMode? Mode { get; init; }

    /// <summary>Where unknown traffic is sent instead.</summary>
    public DestinationSpec? EgressProxy { get; init; }
}

/// <summary>Modes of <see cref="OutboundTrafficPolicySpec"/>.</summary>
public enum OutboundTrafficPolicyMode
{
    /// <summary><c>REGISTRY_ONLY</c>.</summary>
    RegistryOnly,

    /// <summary><c>ALLOW_ANY</c>.</summary>
    AllowAny,
}

/// <summary>How traffic is captured by a proxy. No meaning in process.</summary>
public enum CaptureMode
{
    /// <summary><c>DEFAULT</c>.</summary>
    Default,

    /// <summary><c>IPTABLES</c>.</summary>
    IpTables,

    /// <summary><c>NONE</c>.</summary>
    None,
}
