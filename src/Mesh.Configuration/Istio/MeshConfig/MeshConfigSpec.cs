using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>
/// Mesh-wide defaults, as far as they act in a calling process. Source: Istio MeshConfig. What is null or empty has Istio's default.
/// Read with <see cref="MeshConfigFile"/>, or built in code.
/// </summary>
public sealed record MeshConfigSpec
{
    /// <summary>Istio's defaults.</summary>
    public static MeshConfigSpec Default { get; } = new();

    /// <summary>Time to open a connection where no rule says it. Default 10 s.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>TCP keep-alive where no rule says it. Default: left to the operating system.</summary>
    public TcpKeepaliveSpec? TcpKeepalive { get; init; }

    /// <summary>What happens to hosts the mesh does not know. Default: they pass through.</summary>
    public OutboundTrafficPolicyMode? OutboundTrafficPolicy { get; init; }

    /// <summary>Who sees Services and ServiceEntries that do not say it. Empty: all.</summary>
    public ModelList<string> DefaultServiceExportTo { get; init; } = [];

    /// <summary>Who sees VirtualServices that do not say it. Empty: all.</summary>
    public ModelList<string> DefaultVirtualServiceExportTo { get; init; } = [];

    /// <summary>Who sees DestinationRules that do not say it. Empty: all.</summary>
    public ModelList<string> DefaultDestinationRuleExportTo { get; init; } = [];

    /// <summary>Namespace whose documents act everywhere. Default <c>istio-system</c>.</summary>
    public string? RootNamespace { get; init; }

    internal string RootNamespaceOrDefault => RootNamespace ?? "istio-system";

    /// <summary>Locality rules of services whose DestinationRule has none. Default: on, nearest first.</summary>
    public LocalityLbSettingSpec? LocalityLbSetting { get; init; }

    /// <summary>How often DNS names are resolved again. Default 60 s.</summary>
    public TimeSpan? DnsRefreshRate { get; init; }

    /// <summary><c>UPGRADE</c> sends HTTP/1.1 requests over HTTP/2 to ports named <c>http…</c> whose rule does not say otherwise.</summary>
    public H2UpgradePolicy? H2UpgradePolicy { get; init; }

    /// <summary>Retries of routes that write none. Default: Istio's two careful retries (<see cref="RetryPolicy.Default"/>).</summary>
    public HTTPRetrySpec? DefaultHttpRetryPolicy { get; init; }

    /// <summary>Blocks of a policy that a DestinationRule leaves out.</summary>
    public DefaultTrafficPolicySpec? DefaultTrafficPolicy { get; init; }
}

/// <summary>Blocks that stand in where a rule has none. Source: Istio MeshConfig.DefaultTrafficPolicy.</summary>
public sealed record DefaultTrafficPolicySpec
{
    /// <summary>Connection and concurrency limits.</summary>
    public ConnectionPoolSpec? ConnectionPool { get; init; }

    /// <summary>Passive health checking.</summary>
    public OutlierDetectionSpec? OutlierDetection { get; init; }
}
