using Mesh.Client.Compile;
using Mesh.Client.Transport;
using Mesh.Diagnostics;
using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Client.Runtime;

/// <summary>
/// What survives snapshots of one service: its endpoints with their history, its clusters' counters, its discovery. One gate per service serialises the
/// rare writers (membership, ejections, returns, set rebuilding); requests never take it, except the first that needs a set or a transport (docs/adr/0003).
/// </summary>
internal sealed partial class ServiceState
{
    /// <summary>How long a removed endpoint is remembered: if it returns within this time it keeps its history (Finagle's deferred eviction).</summary>
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(60);

    /// <summary>How often removed endpoints are looked at.</summary>
    private static readonly TimeSpan s_drainCheck = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly MeshRuntime _runtime;
    private readonly Dictionary<(string Address, int Port), EndpointState> _endpoints = [];
    private readonly PassThroughEndpoints _passThrough;
    private readonly Dictionary<ClusterKey, WeakReference<ClusterState>> _clusterStates = [];
    private readonly List<WeakReference<BoundCluster>> _clusters = [];
    private readonly ITimer _timer;
    private ServiceModel _model;
    private ModelList<MeshEndpoint> _discovered = [];
    private IEndpointFeed? _feed;
    private long _nextDue = long.MaxValue;
    private bool _retired;

    public ServiceState(MeshRuntime runtime, ServiceModel model)
    {
        _runtime = runtime;
        _model = model;
        _passThrough = new PassThroughEndpoints(this);
        using (ExecutionContext.SuppressFlow())
        {
            _timer = runtime.Time.CreateTimer(static state => ((ServiceState)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public string Name => _model.Name;

    public ServiceModel Model => _model;

    /// <summary>All endpoints that are remembered, members and those that have left.</summary>
    public EndpointState[] Endpoints
    {
        get
        {
            lock (_gate)
            {
                return [.. _endpoints.Values, .. _passThrough.All];
            }
        }
    }

    /// <summary>Keys for which counters are kept.</summary>
    public int CountedClusters
    {
        get
        {
            lock (_gate)
            {
                return _clusterStates.Count;
            }
        }
    }

    /// <summary>Clusters of snapshots that somebody still holds.</summary>
    public int LiveClusters
    {
        get
        {
            lock (_gate)
            {
                return _clusters.Count(static r => r.TryGetTarget(out _));
            }
        }
    }

    /// <summary>The cluster of a snapshot: an equal one that is still in use, or a new one.</summary>
    public BoundCluster Bind(ServiceModel service, ClusterModel model, ServicePort? port, SchemeChoice scheme)
    {
        lock (_gate)
        {
            for (var i = 0; i < _clusters.Count; i++)
            {
                var reference = _clusters[i];
                if (reference.TryGetTarget(out var live) && live.Model.Equals(model) && Equals(live.Port, port) && live.Scheme == scheme
                    && live.Service.Resolution == service.Resolution && live.Service.Endpoints.Equals(service.Endpoints))
                {
                    // The newest stand last: what they say of an endpoint is what holds (RebuildSets).
                    _clusters.RemoveAt(i);
                    _clusters.Add(reference);
                    return live;
                }
            }

            var state = StateOf(model.Key);
            var connections = ClusterState.NeedsConnections(model.Policy) ? state.Connections : null;
            var cluster = new BoundCluster(this, service, model, port, scheme, state, _runtime.Transports.Intern(model.Policy, connections), _runtime.Time);
            ForgetUnusedClusters();
            _clusters.Add(new WeakReference<BoundCluster>(cluster));
            return cluster;
        }
    }

    /// <summary>Takes a changed model over. Clusters of the new snapshot are bound when they are first needed.</summary>
    public void Apply(ServiceModel model)
    {
        lock (_gate)
        {
            var discoveryChanged = model.Resolution != _model.Resolution || model.DiscoveryName != _model.DiscoveryName
                || (model.Resolution == EndpointResolution.Dns && !model.Endpoints.Equals(_model.Endpoints));
            _model = model;
            if (discoveryChanged && _feed is { } feed)
            {
                _feed = null;
                _discovered = [];
                _runtime.Abandon(feed);
            }

            RebuildSets();
        }
    }

    /// <summary>The service left the mesh: discovery stops, connections drain.</summary>
    public void Retire()
    {
        lock (_gate)
        {
            _retired = true;
            if (_feed is { } feed)
            {
                _feed = null;
                _runtime.Abandon(feed);
            }

            RetireMissing(static _ => false);
            WakeAt(_passThrough.LookSoon(_runtime.Time.GetTimestamp()));
        }
    }

    /// <summary>Builds the set of a cluster that has none yet; the first request of a cluster comes here.</summary>
    public EndpointSet BuildSet(BoundCluster cluster)
    {
        lock (_gate)
        {
            if (cluster.BuiltSet is { } built)
            {
                return built;
            }

            EnsureFeed(cluster.Service);
            var set = Build(cluster);
            cluster.Publish(set);
            RetireDeparted();
            return set;
        }
    }

    /// <summary>When discovery has not delivered yet: completes with its first list, or its failure.</summary>
    public Task FirstEndpoints => _feed?.FirstResult ?? Task.CompletedTask;

    /// <summary>The endpoint that is the host and port of the request itself.</summary>
    public EndpointState PassThroughEndpoint(string host, int port) => _passThrough.Find(host, port) ?? AddPassThrough(host, port);

    public EndpointTransport AddTransport(EndpointState endpoint, TransportProfile profile, BoundCluster cluster)
    {
        var settings = cluster.Transport;
        lock (_gate)
        {
            foreach (var known in endpoint.Transports)
            {
                if (ReferenceEquals(known.Profile, profile) && ReferenceEquals(known.Settings, settings))
                {
                    return known;
                }
            }

            var transport = _runtime.Transports.Create(endpoint.Address, endpoint.Port, endpoint.Endpoint, profile, settings, cluster.State);

            // Connections made under this cluster's former settings serve what they carry and close; a request that still holds one starts anew on the
            // current one. Those of other clusters stay: a subset may have a policy of its own.
            var outdated = Array.FindAll(endpoint.Transports, t => ReferenceEquals(t.Profile, profile) && ReferenceEquals(t.Owner, cluster.State));
            endpoint.Transports = [.. endpoint.Transports.Except(outdated), transport];
            foreach (var old in outdated)
            {
                old.Dispose();
            }

            return transport;
        }
    }

    /// <summary>Closes the connections made for clients that are gone.</summary>
    public void ReleaseProfile(TransportProfile profile)
    {
        lock (_gate)
        {
            foreach (var endpoint in _endpoints.Values.Concat(_passThrough.All))
            {
                var orphans = Array.FindAll(endpoint.Transports, t => ReferenceEquals(t.Profile, profile));
                if (orphans.Length == 0)
                {
                    continue;
                }

                endpoint.Transports = [.. endpoint.Transports.Except(orphans)];
                foreach (var orphan in orphans)
                {
                    orphan.Dispose();
                }
            }
        }
    }

    /// <summary>A consistent picture for consoles.</summary>
    public EndpointStatus[] Describe()
    {
        lock (_gate)
        {
            return [.. _endpoints.Values.Where(static e => e.RetiredAt == 0).Concat(_passThrough.Current).Select(static e => new EndpointStatus
            {
                Endpoint = e.Endpoint,
                Address = e.Name,
                ActiveRequests = e.ActiveRequests,
                IsEjected = (e.Flags & EndpointFlags.Ejected) != 0,
                IsProbing = (e.Flags & EndpointFlags.Probing) != 0,
                EjectionCount = e.EjectionCount,
            }).OrderBy(static e => e.Address, StringComparer.Ordinal)];
        }
    }

    private EndpointState AddPassThrough(string host, int port)
    {
        lock (_gate)
        {
            var endpoint = _passThrough.Add(host, port, _runtime.Time.GetTimestamp());
            WakeAt(_passThrough.NextLook);
            return endpoint;
        }
    }

    private ClusterState StateOf(ClusterKey key)
    {
        if (_clusterStates.TryGetValue(key, out var known) && known.TryGetTarget(out var state))
        {
            return state;
        }

        state = new ClusterState();
        _clusterStates[key] = new WeakReference<ClusterState>(state);
        return state;
    }

    /// <summary>
    /// Whoever has a request in flight holds its cluster, and the cluster its counters: what nobody holds counts nothing. So renamed subsets leave
    /// nothing behind.
    /// </summary>
    private void ForgetUnusedClusters()
    {
        if (_clusters.RemoveAll(static r => !r.TryGetTarget(out _)) == 0)
        {
            return;
        }

        foreach (var (key, state) in _clusterStates)
        {
            if (!state.TryGetTarget(out _))
            {
                // A dictionary may be removed from while it is enumerated.
                _clusterStates.Remove(key);
            }
        }
    }

    private void EnsureFeed(ServiceModel service)
    {
        if (_feed is null && !_retired && service.Resolution is EndpointResolution.Dns or EndpointResolution.Discovery)
        {
            var feed = _runtime.OpenFeed(service);
            _feed = feed;

            // Synchronous first results (configuration) are in use before the first request asks.
            feed.Start(endpoints => OnDiscovered(feed, endpoints));
        }
    }

    private void OnDiscovered(IEndpointFeed feed, ModelList<MeshEndpoint> endpoints)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_feed, feed) || _discovered.Equals(endpoints))
            {
                return;
            }

            var before = _discovered.Count;
            _discovered = endpoints;
            RebuildSets();
            _runtime.Publish(MeshEventKind.EndpointsChanged, Name, "", $"{endpoints.Count} endpoints (were {before})");
        }
    }

    private ModelList<MeshEndpoint> EndpointsOf(ServiceModel service) =>
        service.Resolution is EndpointResolution.Dns or EndpointResolution.Discovery ? _discovered : service.Endpoints;

    private EndpointSet Build(BoundCluster cluster) => EndpointSetBuilder.Build(cluster, EndpointsOf(cluster.Service), _runtime.LoadBalancers, _runtime.Workload, endpoint => StateOf(cluster, endpoint));

    private EndpointState StateOf(BoundCluster cluster, MeshEndpoint endpoint)
    {
        var key = (endpoint.Address, endpoint.ResolvePort(cluster.Port, cluster.Model.Key.Port));
        if (!_endpoints.TryGetValue(key, out var state))
        {
            _endpoints.Add(key, state = new EndpointState(this, key.Address, key.Item2, endpoint));
        }

        state.Update(endpoint);
        return state;
    }

    /// <summary>Rebuilds every set somebody holds, oldest first so that the newest has the last word on weight and health.</summary>
    private void RebuildSets()
    {
        ForgetUnusedClusters();
        foreach (var reference in _clusters)
        {
            if (reference.TryGetTarget(out var cluster) && cluster.BuiltSet is not null)
            {
                cluster.Publish(Build(cluster));
            }
        }

        RetireDeparted();
    }

    /// <summary>Retires what the current model does not name, though requests of an older snapshot may still use it.</summary>
    private void RetireDeparted()
    {
        var ports = new HashSet<(ServicePort? Port, int Number)>();
        foreach (var reference in _clusters)
        {
            if (reference.TryGetTarget(out var cluster))
            {
                ports.Add((cluster.Port, cluster.Model.Key.Port));
            }
        }

        // By address and port: on one machine all instances of a service share their address.
        var current = new HashSet<(string Address, int Port)>();
        foreach (var endpoint in _retired ? [] : EndpointsOf(_model))
        {
            foreach (var (port, number) in ports)
            {
                current.Add((endpoint.Address, endpoint.ResolvePort(port, number)));
            }
        }

        RetireMissing(state => current.Contains((state.Address, state.Port)));
    }

    private void RetireMissing(Func<EndpointState, bool> isMember)
    {
        foreach (var state in _endpoints.Values)
        {
            if (isMember(state))
            {
                state.RetiredAt = 0;
            }
            else if (state.RetiredAt == 0)
            {
                state.RetiredAt = Math.Max(_runtime.Time.GetTimestamp(), 1);
                WakeAt(state.RetiredAt + Ticks(s_drainCheck));
            }
        }
    }

    public long Ticks(TimeSpan time) => (long)(time.TotalSeconds * _runtime.Time.TimestampFrequency);
}
