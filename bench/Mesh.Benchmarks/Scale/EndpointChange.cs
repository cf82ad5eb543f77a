using System.Diagnostics;
using System.Globalization;
using Mesh.Client;
using Mesh.Client.Balancing;
using Mesh.Client.Resilience;
using Mesh.Client.Runtime;
using Mesh.Configuration.Sources;
using Mesh.Discovery;
using Mesh.Model;
using Mesh.Peers.Common;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Benchmarks.Scale;

/// <summary>
/// Discovery delivers a list in which one endpoint has changed, to one service of a big mesh: the time until the set that requests pick
/// from is the new one. Debouncing of discovery sources, which comes before, is not in it.
/// </summary>
internal static class EndpointChange
{
    private const int Changes = 50;

    /// <summary>Median over some changes, in microseconds.</summary>
    public static double Measure(int services, int endpoints)
    {
        var feed = new Feed();
        var model = SampleModel.Create(services, services, 0);
        var discovered = model.Services[0] with { Resolution = EndpointResolution.Discovery, DiscoveryName = "catalog", Endpoints = [] };
        var runtime = CreateRuntime(feed);
        runtime.Apply(new ConfigSnapshot { Version = 1, Model = model with { Services = model.Services.Skip(1).Prepend(discovered).ToModelList() } });
        var route = runtime.Current!.FindService("catalog")!.TableFor(new Uri("http://catalog")).NoMatch;
        var cluster = (BoundCluster)route.PickDestination(0).Cluster!;
        _ = cluster.Set;
        feed.Deliver(List(endpoints, 0));

        var times = new double[Changes];
        for (var i = 0; i < Changes; i++)
        {
            var list = List(endpoints, i + 1);
            var before = cluster.Set;
            var start = Stopwatch.GetTimestamp();
            feed.Deliver(list);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            if (ReferenceEquals(before, cluster.Set) || cluster.Set.All.Length != endpoints)
            {
                throw new InvalidOperationException("The set that requests pick from did not change.");
            }
        }

        GC.KeepAlive(runtime);
        return Spread.Of(times).Median;
    }

    private static MeshRuntime CreateRuntime(Feed feed) => new(new MeshRuntimeParts
    {
        Hub = new MeshConfigHub([], new MeshConfigHubOptions(), NullLogger<MeshConfigHub>.Instance),
        OpenFeed = _ => feed,
        Options = new MeshOptions(),
        LoadBalancers = new LoadBalancers([]),
        CreatePipeline = new RoutePipelineFactory(TimeProvider.System, RandomSource.PerThread.Next).Create,
        Logger = NullLogger.Instance,
    });

    /// <summary>The last endpoint has another port each time.</summary>
    private static ModelList<MeshEndpoint> List(int count, int generation) => Enumerable.Range(0, count).Select(i => new MeshEndpoint
    {
        Address = string.Create(CultureInfo.InvariantCulture, $"10.0.{i >> 8}.{i & 255}"),
        Port = i == count - 1 ? 10_000 + generation : 8080,
    }).ToModelList();

    private sealed class Feed : IEndpointFeed
    {
        private Action<ModelList<MeshEndpoint>>? _onEndpoints;

        public Task FirstResult => Task.CompletedTask;

        public void Start(Action<ModelList<MeshEndpoint>> onEndpoints) => _onEndpoints = onEndpoints;

        public void Deliver(ModelList<MeshEndpoint> endpoints) => _onEndpoints!(endpoints);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
