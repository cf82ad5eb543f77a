using Mesh.Configuration.GatewayApi;
using Mesh.Configuration.Istio;
using Mesh.Configuration.Lowering;
using Mesh.Configuration.Reading;
using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Configuration.Sources;

/// <summary>The status that objects of Gateway API would have, and what kept documents from having one.</summary>
/// <param name="Objects">Classes, Gateways, ListenerSets, routes and policies.</param>
/// <param name="Problems">What is wrong with documents; one with an error has no status.</param>
internal sealed record StatusResult(ModelList<ObjectStatus> Objects, IReadOnlyList<ConfigProblem> Problems);

/// <summary>Reads configuration once, for the status of its objects: for tools and tests.</summary>
internal static class StatusReader
{
    public static StatusResult Read(ConfigBatch batch, Workload? workload = null)
    {
        workload ??= Workload.Default;
        var state = new SourceState("given", new DocumentReader([.. FrontEnd.Kinds, .. GatewayApi.SpecCatalog.AdmissionOnlyKinds], workload.Namespace));
        state.Apply(batch, null);
        var problems = new List<ConfigProblem>();
        var documents = ConfigMerge.Merge([state], problems);
        return new(StatusTable.Of(documents, RegistryBuilder.Build(DocumentSet.Of(documents), workload, MeshConfigSpec.Default)), problems);
    }
}
