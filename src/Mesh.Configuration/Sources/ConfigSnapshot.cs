using Mesh.Diagnostics;
using Mesh.Model;

namespace Mesh.Configuration.Sources;

/// <summary>The configuration in force at one moment, and what is wrong with what was written.</summary>
public sealed record ConfigSnapshot
{
    /// <summary>The model to compile.</summary>
    public required MeshModel Model { get; init; }

    /// <summary>Counts changes of <see cref="Model"/>; 0 before anything was loaded.</summary>
    public long Version { get; init; }

    /// <summary>Every problem of the documents as they are now; errors mean that an earlier version of an object, or none, is in force.</summary>
    public ModelList<ConfigProblem> Problems { get; init; } = [];

    /// <summary>When the model came into force.</summary>
    public DateTimeOffset LoadedAt { get; init; }
}
