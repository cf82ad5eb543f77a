using Mesh.Model;

namespace Mesh.Configuration.Lowering;

/// <summary>What lowering must know besides the documents.</summary>
internal sealed record LoweringOptions
{
    /// <summary>The calling workload: namespace of short names, subject of selectors and exportTo.</summary>
    public Workload Workload { get; init; } = Workload.Default;

    /// <summary>What happens to unknown hosts when no Sidecar says it.</summary>
    public OutboundTrafficPolicy OutboundTrafficPolicy { get; init; }

    /// <summary>Namespace whose documents act everywhere. Istio's default.</summary>
    public string RootNamespace { get; init; } = "istio-system";
}
