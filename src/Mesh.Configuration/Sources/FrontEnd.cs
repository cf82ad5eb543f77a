using Mesh.Configuration.Istio;
using Mesh.Configuration.Lowering;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Sources;

/// <summary>The kinds that are read and how they become a model: the one place where the hub is tied to the languages.</summary>
internal static class FrontEnd
{
    public static IReadOnlyList<KindReader> Kinds => SpecCatalog.Kinds;

    public static LowerDocuments Lowering(MeshConfigHubOptions options)
    {
        var lowering = new LoweringOptions { Workload = options.Workload, OutboundTrafficPolicy = options.OutboundTrafficPolicy, MeshConfig = options.MeshConfig };
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
