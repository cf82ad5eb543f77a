using Mesh.Configuration.Explain;
using Mesh.Configuration.Istio;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Sources;
using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Cli.Input;

/// <summary>Whose eyes a configuration is read with, and what is known besides the documents.</summary>
internal sealed record MeshView
{
    public string Namespace { get; init; } = "default";

    public ModelMap<string> Labels { get; init; } = ModelMap<string>.Empty;

    /// <summary>Services that are there although no document says so.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>True takes services for missing that routing documents name and no document declares.</summary>
    public bool DeclaredServicesOnly { get; init; }

    /// <summary>True refuses hosts that the mesh does not know, unless a Sidecar says otherwise.</summary>
    public bool RegistryOnly { get; init; }

    /// <summary>Mesh-wide defaults; null: Istio's.</summary>
    public MeshConfigFile? MeshConfig { get; init; }
}

/// <summary>The model of some files as one workload sees it, with what was left out of it.</summary>
internal sealed class LoadedMesh
{
    private readonly IReadOnlyList<ConfigDocument> _documents;

    private LoadedMesh(ConfigSnapshot snapshot, IReadOnlyList<ConfigDocument> documents)
    {
        _documents = documents;
        Model = snapshot.Model;
        LeftOut = [.. snapshot.Problems.Where(static p => p.Severity == ConfigProblemSeverity.Error)];
        Explainer = new MeshExplainer(Model);
    }

    public MeshModel Model { get; }

    /// <summary>Why documents, or all of them, are not in force.</summary>
    public IReadOnlyList<ConfigProblem> LeftOut { get; }

    public MeshExplainer Explainer { get; }

    /// <exception cref="UsageException">A path does not exist or cannot be read.</exception>
    public static LoadedMesh Load(IEnumerable<string> paths, MeshView view)
    {
        var options = new MeshConfigHubOptions
        {
            Workload = new Workload { Namespace = view.Namespace, Labels = view.Labels },
            OutboundTrafficPolicy = view.RegistryOnly ? OutboundTrafficPolicy.RegistryOnly : OutboundTrafficPolicy.AllowAny,
            MeshConfig = view.MeshConfig?.Config ?? MeshConfigSpec.Default,
            MeshConfigProblems = view.MeshConfig?.Problems ?? [],
            OpensConnections = false,
        };
        IReadOnlyList<ConfigDocument> written = [];
        var snapshot = MeshConfigReader.Read(
            ConfigFiles.Read(paths),
            options,
            documents =>
            {
                written = [.. documents];
                return AssumedServices.Of(documents, options.Workload, view.Services, guess: !view.DeclaredServicesOnly);
            });
        return new LoadedMesh(snapshot, written);
    }

    /// <summary>Alternatives of rules for the service that was asked which are not for this caller at all.</summary>
    public IReadOnlyList<(string Place, string Because)> NotForCaller(Explanation explanation) =>
        explanation.AskedService is { } service ? [.. CallerConditions.NotMet(_documents, Model.Workload, service)] : [];
}
