using Mesh.Client;
using Mesh.Model;

namespace Bookinfo.Configuration;

/// <summary>What every workload of Bookinfo tells the mesh: who it is, where the rules stand, and where the instances of this run listen.</summary>
internal static class MeshMembership
{
    public static void Join(IServiceMeshBuilder mesh, string app, string version, BookinfoRunInfo run) => mesh
        .AddConfigSource(new LastSavedSource(run.MeshPaths))
        .AddFile(RunFolder.EndpointsOf(run.RunFolder))
        .Configure(options =>
        {
            options.WorkloadName = $"{app}-{version}";
            options.Labels["app"] = app;
            options.Labels["version"] = version;
            options.OutboundTrafficPolicy = run.RegistryOnly ? OutboundTrafficPolicy.RegistryOnly : OutboundTrafficPolicy.AllowAny;
        });
}

/// <summary>How to join a run: what <c>GET /mesh/bookinfo.json</c> of productpage answers, and what the commands curl and load ask for.</summary>
public sealed record BookinfoRunInfo(string RunFolder, IReadOnlyList<string> MeshPaths, bool RegistryOnly)
{
    /// <summary>What runs where.</summary>
    public IReadOnlyList<InstanceStatus> Instances { get; init; } = [];

    /// <summary>Number of the configuration that productpage has in force; it grows with each change.</summary>
    public long ConfigVersion { get; init; }

    /// <summary>What is wrong with the rules.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
