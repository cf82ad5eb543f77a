using System.Diagnostics.Metrics;
using Mesh.Client.Balancing;
using Mesh.Configuration.Sources;
using Mesh.Filters;
using Mesh.Model;
using Microsoft.Extensions.Logging;

namespace Mesh.Client.Runtime;

/// <summary>What a mesh is put together from.</summary>
internal sealed record MeshRuntimeParts
{
    public required MeshConfigHub Hub { get; init; }

    public required Func<ServiceModel, IEndpointFeed> OpenFeed { get; init; }

    public required MeshOptions Options { get; init; }

    public required LoadBalancers LoadBalancers { get; init; }

    /// <summary>The pipeline around a route's tries, or null.</summary>
    public required Func<ServiceModel, ForwardAction, object?> CreatePipeline { get; init; }

    public required ILogger Logger { get; init; }

    public IEnumerable<IMeshRequestFilter> Filters { get; init; } = [];

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public RandomSource Random { get; init; } = RandomSource.PerThread;

    public IMeterFactory? MeterFactory { get; init; }
}
