using Mesh.Client;
using Mesh.Client.Balancing;
using Mesh.Client.Http;
using Mesh.Client.Resilience;
using Mesh.Client.Runtime;
using Mesh.Configuration.Sources;
using Mesh.Discovery;
using Mesh.Model;
using Mesh.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.PropertyTests.Runtime;

/// <summary>One service in a real runtime with the whole request path; discovery, network and clock are the test's. Everything happens on one thread.</summary>
internal sealed class ServiceSimulation : IDisposable
{
    public const int RetryAttempts = 2;

    private readonly Feed _feed = new();
    private readonly List<object> _snapshots = [];
    private readonly List<OpenCall> _open = [];
    private readonly HttpMessageInvoker _client;
    private long _version;

    public ServiceSimulation()
    {
        Network = new ScriptedEndpoints(TakesTraffic);
        var random = new SeededRandomSource(7);
        Runtime = new MeshRuntime(new MeshRuntimeParts
        {
            Hub = new MeshConfigHub([], new MeshConfigHubOptions { TimeProvider = Time }, NullLogger<MeshConfigHub>.Instance),
            OpenFeed = _ => _feed,
            Options = new MeshOptions(),
            LoadBalancers = new LoadBalancers([]),
            CreatePipeline = new RoutePipelineFactory(Time, random.Next).Create,
            Logger = NullLogger.Instance,
            Time = Time,
            Random = random,
        });
        Runtime.Transports.Override = Network.For;
        _client = new HttpMessageInvoker(new MeshPrimaryHandler(Runtime, new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }));
    }

    public ManualTimeProvider Time { get; } = new();

    public ScriptedEndpoints Network { get; }

    public MeshRuntime Runtime { get; }

    public ClusterPolicy Policy { get; private set; } = ClusterPolicy.Default;

    /// <summary>The latest list of discovery.</summary>
    public ModelList<MeshEndpoint> Discovered => _feed.Endpoints;

    /// <summary>The cluster of the snapshot in force.</summary>
    public BoundCluster Cluster
    {
        get
        {
            using var request = Request();
            return (BoundCluster)Runtime.Current!.FindService("svc")!.TableFor(request.RequestUri!).Match(request, out _).Destinations[0].Cluster!;
        }
    }

    public bool TakesTraffic(string address) => Discovered.Any(e => e.Address == address && TakesTraffic(e));

    public static bool TakesTraffic(MeshEndpoint endpoint) => endpoint is { Weight: > 0, Health: EndpointHealth.Healthy or EndpointHealth.Degraded };

    public void Run(MeshStep step)
    {
        switch (step)
        {
            case MeshStep.Discover discover:
                _feed.Deliver(discover.Endpoints);
                break;
            case MeshStep.Configure configure:
                Apply(configure.Policy);
                break;
            case MeshStep.Behave behave:
                Network.Behave(behave.Address, behave.Behavior);
                break;
            case MeshStep.Call:
                Call();
                break;
            case MeshStep.Finish finish when _open.Count > 0:
                Finish(_open[finish.Which % _open.Count], finish.How);
                break;
            case MeshStep.Advance advance:
                Time.Advance(advance.By);
                break;
        }
    }

    /// <summary>Ends everything that is still open.</summary>
    public void FinishAll()
    {
        for (var i = 0; _open.Count > 0; i++)
        {
            Finish(_open[^1], i % 3);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        Runtime.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static HttpRequestMessage Request() => new(HttpMethod.Get, "http://svc/");

    private void Apply(ClusterPolicy policy)
    {
        Policy = policy;
        var key = new ClusterKey("svc", 80);
        var retries = new RetryPolicy
        {
            Attempts = RetryAttempts,
            RetryOn = RetryConditions.ServerError,
            BackoffBase = TimeSpan.Zero,
        };
        var service = new ServiceModel
        {
            Name = "svc",
            Hosts = ["svc"],
            Ports = [new ServicePort(80)],
            Resolution = EndpointResolution.Discovery,
            Rules = [new RouteRule { Name = "all", Action = new ForwardAction { Destinations = [new RouteDestination(key)], Retries = retries } }],
            Clusters = [new ClusterModel { Key = key, Policy = policy }],
        };
        Runtime.Apply(new ConfigSnapshot { Model = new MeshModel { Version = $"{++_version}", Services = [service] }, Version = _version });

        // A long request keeps its snapshot, and the clusters of it, alive.
        _snapshots.Add(Runtime.Current!);
        _snapshots.Add(Cluster);
    }

    private void Call()
    {
        var cancellation = new CancellationTokenSource();
        var before = Network.Sends;
        var open = new OpenCall(_client.SendAsync(Request(), cancellation.Token), cancellation);
        Property.Require(Network.Sends - before <= RetryAttempts + 1, $"{Network.Sends - before} tries, {RetryAttempts + 1} allowed");
        _open.Add(open);
        if (open.Task.IsCompleted && !(open.Task.IsCompletedSuccessfully && open.Task.Result.Content is TrackedContent))
        {
            Finish(open, 1);
        }
    }

    /// <summary>An answer, an abandoned body or a broken one, a failure, a cancellation.</summary>
    private void Finish(OpenCall open, int how)
    {
        if (!open.Task.IsCompleted)
        {
            // The call may be retried and held once more; it stays open then.
            var held = Network.Held.FindIndex(static h => !h.Task.IsCompleted);
            if (how == 0 && held >= 0)
            {
                Network.Held[held].SetResult(new HttpResponseMessage());
            }
            else if (how == 1 && held >= 0)
            {
                Network.Held[held].SetException(new HttpRequestException(HttpRequestError.Unknown, "reset", new IOException("reset")));
            }
            else
            {
                open.Cancellation.Cancel();
            }

            Network.Held.RemoveAll(static h => h.Task.IsCompleted);
            _open.RemoveAll(static o => o.Task.IsCompleted && !o.Task.IsCompletedSuccessfully);
            return;
        }

        _open.Remove(open);
        if (open.Task.IsCompletedSuccessfully)
        {
            using var response = open.Task.Result;
            if (how == 0)
            {
                try
                {
                    response.Content.CopyTo(Stream.Null, null, CancellationToken.None);
                }
                catch (Exception exception) when (exception is HttpRequestException or IOException)
                {
                    // It breaks off.
                    Property.Require(response.Content is TrackedContent, "only a long body breaks");
                }
            }
        }

        open.Cancellation.Dispose();
    }

    private sealed record OpenCall(Task<HttpResponseMessage> Task, CancellationTokenSource Cancellation);

    private sealed class Feed : IEndpointFeed
    {
        private Action<ModelList<MeshEndpoint>>? _deliver;

        public ModelList<MeshEndpoint> Endpoints { get; private set; } = [];

        public Task FirstResult => Task.CompletedTask;

        public void Start(Action<ModelList<MeshEndpoint>> onEndpoints)
        {
            _deliver = onEndpoints;
            onEndpoints(Endpoints);
        }

        public void Deliver(ModelList<MeshEndpoint> endpoints)
        {
            Endpoints = endpoints;
            _deliver?.Invoke(endpoints);
        }

        public ValueTask DisposeAsync() => default;
    }
}
