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

/// <summary>One service in a real runtime with the whole request path; discovery, network and clock are the test's.</summary>
internal sealed class SimulatedService : IDisposable
{
    public const int RetryAttempts = 2;

    /// <summary>Headers by which the rule and the destination of a snapshot say its number.</summary>
    public const string RuleHeader = "x-rule", DestinationHeader = "x-destination";

    private readonly DeliveredEndpoints _feed = new();
    private readonly List<object> _snapshots = [];
    private long _version;

    public SimulatedService(Func<MeshEndpoint, HttpMessageHandler> network)
    {
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
        Runtime.Transports.Override = network;
        Client = new HttpMessageInvoker(new MeshPrimaryHandler(Runtime, new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }));
    }

    public ManualTimeProvider Time { get; } = new();

    public MeshRuntime Runtime { get; }

    public HttpMessageInvoker Client { get; }

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

    public static HttpRequestMessage Request() => new(HttpMethod.Get, "http://svc/");

    public static bool TakesTraffic(MeshEndpoint endpoint) => endpoint is { Weight: > 0, Health: EndpointHealth.Healthy or EndpointHealth.Degraded };

    public bool TakesTraffic(string address) => Discovered.Any(e => e.Address == address && TakesTraffic(e));

    public void Discover(ModelList<MeshEndpoint> endpoints) => _feed.Deliver(endpoints);

    public void Configure(ClusterPolicy policy)
    {
        Policy = policy;
        var key = new ClusterKey("svc", 80);
        var number = $"{++_version}";
        var destination = new RouteDestination(key) { RequestHeaders = Mark(DestinationHeader, number) };
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
            Rules = [new RouteRule { Name = "all", Action = new ForwardAction { RequestHeaders = Mark(RuleHeader, number), Destinations = [destination], Retries = retries } }],
            Clusters = [new ClusterModel { Key = key, Policy = policy }],
        };
        Runtime.Apply(new ConfigSnapshot { Model = new MeshModel { Version = number, Services = [service] }, Version = _version });

        // A long request keeps its snapshot, and the clusters of it, alive.
        _snapshots.Add(Runtime.Current!);
        _snapshots.Add(Cluster);
    }

    public void Dispose()
    {
        Client.Dispose();
        Runtime.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private static HeaderOperations Mark(string header, string value) => new() { Set = new Dictionary<string, string> { [header] = value }.ToModelMap() };

    private sealed class DeliveredEndpoints : IEndpointFeed
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
