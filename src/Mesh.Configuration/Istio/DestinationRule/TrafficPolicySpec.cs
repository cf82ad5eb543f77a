using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>The policy of a host or a subset. Source: Istio TrafficPolicy. A block that is null is inherited or has its default.</summary>
public sealed record TrafficPolicySpec
{
    /// <summary>How endpoints are picked.</summary>
    public LoadBalancerSpec? LoadBalancer { get; init; }

    /// <summary>Connection and concurrency limits.</summary>
    public ConnectionPoolSpec? ConnectionPool { get; init; }

    /// <summary>Passive health checking; null: off.</summary>
    public OutlierDetectionSpec? OutlierDetection { get; init; }

    /// <summary>TLS towards the endpoints.</summary>
    public ClientTLSSettingsSpec? Tls { get; init; }

    /// <summary>Policies of single ports; each replaces all of the above for its port.</summary>
    public ModelList<PortTrafficPolicySpec> PortLevelSettings { get; init; } = [];

    /// <summary>Tunnel for TCP and TLS. Read only: there are no raw connections in process.</summary>
    public TunnelSettingsSpec? Tunnel { get; init; }

    /// <summary>PROXY protocol preface.</summary>
    public ProxyProtocolSpec? ProxyProtocol { get; init; }

    /// <summary>Cap on concurrent retries.</summary>
    public RetryBudgetSpec? RetryBudget { get; init; }
}

/// <summary>The policy of one port; it inherits nothing. Source: Istio TrafficPolicy.PortTrafficPolicy.</summary>
public sealed record PortTrafficPolicySpec
{
    /// <summary>The port.</summary>
    public required PortSelectorSpec Port { get; init; }

    /// <summary>How endpoints are picked.</summary>
    public LoadBalancerSpec? LoadBalancer { get; init; }

    /// <summary>Connection and concurrency limits.</summary>
    public ConnectionPoolSpec? ConnectionPool { get; init; }

    /// <summary>Passive health checking; null: off.</summary>
    public OutlierDetectionSpec? OutlierDetection { get; init; }

    /// <summary>TLS towards the endpoints.</summary>
    public ClientTLSSettingsSpec? Tls { get; init; }
}

/// <summary>Tunnel for TCP and TLS. Source: Istio TrafficPolicy.TunnelSettings.</summary>
public sealed record TunnelSettingsSpec
{
    /// <summary><c>CONNECT</c> (default) or <c>POST</c>.</summary>
    public string? Protocol { get; init; }

    /// <summary>Host named inside the tunnel.</summary>
    public required string TargetHost { get; init; }

    /// <summary>Port named inside the tunnel.</summary>
    public required int TargetPort { get; init; }
}

/// <summary>PROXY protocol preface. Source: Istio TrafficPolicy.ProxyProtocol.</summary>
public sealed record ProxyProtocolSpec
{
    /// <summary>Version of the preface. Default V1.</summary>
    public ProxyProtocolVersion? Version { get; init; }
}

/// <summary>Versions of the PROXY protocol.</summary>
public enum ProxyProtocolVersion
{
    /// <summary>Text.</summary>
    V1,

    /// <summary>Binary.</summary>
    V2,
}

/// <summary>Cap on concurrent retries as a share of active requests. Source: Istio TrafficPolicy.RetryBudget.</summary>
public sealed record RetryBudgetSpec
{
    /// <summary>Retries allowed in percent of active requests. Default 20.</summary>
    public double? Percent { get; init; }

    /// <summary>Retries always allowed. Default 3.</summary>
    public int? MinRetryConcurrency { get; init; }

    /// <summary>Window over which requests count. Default zero: those present.</summary>
    public TimeSpan? BudgetInterval { get; init; }
}
