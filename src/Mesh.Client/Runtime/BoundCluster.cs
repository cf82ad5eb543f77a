// hot path
using Mesh.Client.Compile;
using Mesh.Client.Transport;
using Mesh.Model;

namespace Mesh.Client.Runtime;

/// <summary>
/// A cluster of a snapshot bound to what survives snapshots. It owns its endpoint set, so a request that keeps its snapshot also keeps that snapshot's
/// subsets and balancing; only what discovery says moves underneath.
/// </summary>
internal sealed class BoundCluster : CompiledCluster
{
    private EndpointSet? _set;

    public BoundCluster(ServiceState owner, ServiceModel service, ClusterModel model, ServicePort? port, SchemeChoice scheme, ClusterState state, TransportSettings transport, TimeProvider time)
        : base(service, model, port)
    {
        Owner = owner;
        State = state;
        Transport = transport;
        Scheme = scheme;
        IsCounted = ClusterState.NeedsCounting(model.Policy);
        IsPassThrough = service.Resolution == EndpointResolution.PassThrough || model.Policy.LoadBalancing.Algorithm == LoadBalancingAlgorithms.PassThrough;
        UsesHttp2 = !model.Policy.ConnectionPool.UseClientProtocol
            && (model.Policy.ConnectionPool.UpgradeToHttp2 || port?.Protocol is PortProtocol.Http2 or PortProtocol.Grpc);
        ClosesConnections = model.Policy.ConnectionPool.MaxRequestsPerConnection == 1;
        Name = model.Key.ToString();
        Window = state.WindowOf(model.Policy.RetryBudget, time);
        HashKey = model.Policy.LoadBalancing.ConsistentHash is { } hash ? new CompiledHashKey(hash, OwnAddress.Text) : null;
    }

    public ServiceState Owner { get; }

    public ClusterState State { get; }

    public TransportSettings Transport { get; }

    /// <summary>Which of the endpoints that are written with a scheme are meant.</summary>
    public SchemeChoice Scheme { get; }

    /// <summary>Envoy's name of the cluster.</summary>
    public string Name { get; }

    /// <summary>True when limits or budgets need requests to be counted.</summary>
    public bool IsCounted { get; }

    /// <summary>True when a request goes to the host and port it names.</summary>
    public bool IsPassThrough { get; }

    /// <summary>True when tries travel over HTTP/2 whatever version the application asked for.</summary>
    public bool UsesHttp2 { get; }

    /// <summary>True when every request has a connection of its own (maxRequestsPerConnection 1).</summary>
    public bool ClosesConnections { get; }

    /// <summary>Counts beginning requests for a retry budget with an interval; null when there is none.</summary>
    public RequestWindow? Window { get; }

    /// <summary>Makes the sticky key of a request; null when requests are not sticky.</summary>
    public CompiledHashKey? HashKey { get; }

    /// <summary>The endpoints now; built when first asked for.</summary>
    public EndpointSet Set => Volatile.Read(ref _set) ?? Owner.BuildSet(this);

    public EndpointSet? BuiltSet => Volatile.Read(ref _set);

    public void Publish(EndpointSet set) => Volatile.Write(ref _set, set);
}
