using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>What lowering must know besides the documents.</summary>
internal sealed record LoweringOptions
{
    /// <summary>The calling workload: namespace of short names, subject of selectors and exportTo.</summary>
    public Workload Workload { get; init; } = Workload.Default;

    /// <summary>What happens to unknown hosts when no Sidecar says it.</summary>
    public OutboundTrafficPolicy OutboundTrafficPolicy { get; init; }

    /// <summary>Mesh-wide defaults.</summary>
    public MeshConfigSpec MeshConfig { get; init; } = MeshConfigSpec.Default;

    /// <summary>False when nothing is sent with the model, so that nobody need have the Secrets at hand. Default true.</summary>
    public bool OpensConnections { get; init; } = true;

    /// <summary>Namespace whose documents act everywhere.</summary>
    public string RootNamespace => MeshConfig.RootNamespaceOrDefault;

    /// <summary>Retries of routes that write none, whatever language they are written in.</summary>
    public RetryPolicy DefaultRetries => MeshConfig.DefaultHttpRetryPolicy is { } spec ? RetryLowering.Lower(spec, RetryPolicy.Default) : RetryPolicy.Default;
}
