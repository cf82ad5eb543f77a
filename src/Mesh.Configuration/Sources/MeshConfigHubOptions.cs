using Mesh.Configuration.Istio;
using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Configuration.Sources;

/// <summary>Settings of a <see cref="MeshConfigHub"/>.</summary>
public sealed record MeshConfigHubOptions
{
    /// <summary>The workload this process is. Its namespace is the one of documents that name none.</summary>
    public Workload Workload { get; init; } = Workload.Default;

    /// <summary>What happens to hosts the mesh does not know. Default: they pass through, as in Istio.</summary>
    public OutboundTrafficPolicy OutboundTrafficPolicy { get; init; }

    /// <summary>Mesh-wide defaults, as in Istio's MeshConfig.</summary>
    public MeshConfigSpec MeshConfig { get; init; } = MeshConfigSpec.Default;

    /// <summary>What was wrong with the file of <see cref="MeshConfig"/>; shown with the problems of the documents.</summary>
    public ModelList<ConfigProblem> MeshConfigProblems { get; init; } = [];

    /// <summary>False for tools that ask where a request goes and send none: then a Secret that is not at hand is no problem.</summary>
    internal bool OpensConnections { get; init; } = true;

    /// <summary>How long a start waits for sources that do not deliver at once. Default 5 s.</summary>
    public TimeSpan InitialLoadTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Pause before a source that failed is started again; doubles with each failure in a row. Default 1 s.</summary>
    public TimeSpan RestartDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest such pause. Default 30 s.</summary>
    public TimeSpan MaxRestartDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Clock of every wait and time stamp. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
