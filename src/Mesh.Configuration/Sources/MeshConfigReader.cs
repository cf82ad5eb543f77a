using Mesh.Configuration.Reading;
using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Configuration.Sources;

/// <summary>Reads configuration once, without a hub: for tools and tests that want the model and the problems of given documents.</summary>
public static class MeshConfigReader
{
    /// <summary>Reads the documents of a YAML text.</summary>
    /// <param name="yaml">Any number of documents divided by <c>---</c>.</param>
    /// <param name="sourceName">What messages put before line and column.</param>
    /// <param name="options">Workload, default namespace and outbound policy; null: the defaults.</param>
    public static ConfigSnapshot ReadYaml(string yaml, string sourceName = "yaml", MeshConfigHubOptions? options = null) =>
        Read(ConfigBatch.FromYaml(sourceName, yaml), options);

    /// <summary>Reads a batch. Objects with errors are left out of the model; when nothing can be put together, the model is empty.</summary>
    /// <param name="batch">The documents.</param>
    /// <param name="options">Workload, default namespace and outbound policy; null: the defaults.</param>
    public static ConfigSnapshot Read(ConfigBatch batch, MeshConfigHubOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Read(batch, options ?? new(), static _ => []);
    }

    /// <summary>Reads a batch and adds what the caller finds missing in its documents.</summary>
    internal static ConfigSnapshot Read(ConfigBatch batch, MeshConfigHubOptions options, Func<IReadOnlyList<ConfigDocument>, IReadOnlyList<ConfigDocument>> complete)
    {
        var state = new SourceState("given", new DocumentReader(FrontEnd.Kinds, options.Workload.Namespace));
        state.Apply(batch, null);
        var problems = new List<ConfigProblem>();
        var documents = ConfigMerge.Merge([state], problems);
        documents.AddRange(complete(documents));
        var model = new GuardedLowering(FrontEnd.Lowering(options)).Lower(documents, problems);
        return new ConfigSnapshot
        {
            Model = model ?? MeshModel.Empty with { Workload = options.Workload, OutboundTrafficPolicy = options.OutboundTrafficPolicy },
            Version = 1,
            Problems = problems.ToModelList(),
            LoadedAt = options.TimeProvider.GetUtcNow(),
        };
    }
}
