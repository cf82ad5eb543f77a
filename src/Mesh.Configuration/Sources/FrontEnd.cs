using Mesh.Configuration.Istio;
using Mesh.Configuration.Kubernetes;
using Mesh.Configuration.Lowering;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Sources;

/// <summary>The kinds that are read and how they become a model: the one place where the hub is tied to the languages.</summary>
internal static class FrontEnd
{
    public static IReadOnlyList<KindReader> Kinds { get; } = [.. Istio.SpecCatalog.Kinds, .. GatewayApi.SpecCatalog.Kinds, .. ObjectReaders.Kinds];

    /// <summary>Every kind that can be checked: those above, and those that only mean something to a proxy.</summary>
    public static IReadOnlyList<KindReader> AdmissionKinds =>
    [
        .. Kinds.Select(static k => k.Kind == "ConfigMap" ? k with { Validate = MeshConfigDocuments.ValidateMap } : k),
        .. Istio.SpecCatalog.AdmissionOnlyKinds,
        .. GatewayApi.SpecCatalog.AdmissionOnlyKinds,
    ];

    /// <summary>Reads every kind that can be checked, and documents that are known by what stands in them.</summary>
    public static DocumentReader Admission(string defaultNamespace) =>
        new(AdmissionKinds, defaultNamespace, ReadingPurpose.Admission) { Recognise = MeshConfigDocuments.Recognise };

    public static LowerDocuments Lowering(MeshConfigHubOptions options)
    {
        var lowering = new LoweringOptions
        {
            Workload = options.Workload,
            OutboundTrafficPolicy = options.OutboundTrafficPolicy,
            MeshConfig = options.MeshConfig,
            OpensConnections = options.OpensConnections,
        };
        return (documents, problems) =>
        {
            foreach (var problem in options.MeshConfigProblems)
            {
                problems.Add(problem);
            }

            return MeshLowering.Lower(documents, lowering, problems);
        };
    }
}
