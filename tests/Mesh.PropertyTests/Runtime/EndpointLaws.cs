using Mesh.Balancing;
using Mesh.Client.Health;
using Mesh.Client.Runtime;
using Mesh.Discovery;

namespace Mesh.PropertyTests.Runtime;

/// <summary>What holds after every step of a service's life, whatever happened.</summary>
internal sealed class EndpointLaws(ServiceSimulation simulation)
{
    /// <summary>The service remembers a removed endpoint this long, and looks once a second.</summary>
    private static readonly TimeSpan s_memory = TimeSpan.FromSeconds(60), s_look = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, (EndpointState State, long Left)> _known = [];
    private readonly HashSet<EndpointState> _everSeen = [];
    private Dictionary<EndpointState, long> _ejectedUntil = [];

    private long Now => simulation.Time.GetTimestamp();

    public void Check()
    {
        var cluster = simulation.Cluster;
        var set = cluster.Set;
        Property.Require(simulation.Network.Intruder is null, $"{simulation.Network.Intruder} takes no traffic and got a request");
        Membership(set);
        Memory(set);
        Ejections(set);
        foreach (var endpoint in Usable(set))
        {
            Pickable(endpoint, cluster, set);
        }
    }

    /// <summary>Everything has ended: nothing is in flight and no trial is stuck.</summary>
    public void CheckAtRest()
    {
        foreach (var endpoint in _everSeen)
        {
            Property.Require(endpoint.ActiveRequests == 0, $"{endpoint.Address} still counts {endpoint.ActiveRequests} requests");
            if ((endpoint.Flags & (EndpointFlags.Ejected | EndpointFlags.Unhealthy)) == 0)
            {
                Property.Require(endpoint.TryAcquire(out _), $"{endpoint.Address} lets nobody in: a trial was never ended");
            }
        }

        var state = simulation.Cluster.State;
        Property.Require(state.ActiveRetries == 0 && state.Active == 0, $"the cluster still counts {state.Active} requests and {state.ActiveRetries} retries");
    }

    /// <summary>The set has exactly the endpoints discovery gives weight, each with its newest data; of them the healthy take traffic.</summary>
    private void Membership(EndpointSet set)
    {
        var expected = simulation.Discovered.Where(static e => e.Weight > 0).ToArray();
        Property.Require(set.All.Select(static e => e.Endpoint).SequenceEqual(expected), $"members {Names(set.All)}, expected {string.Join(',', expected.Select(static e => $"{e.Address} x{e.Weight} {e.Health}"))}");
        Property.Require(set.Available.ToArray().SequenceEqual(Usable(set)), $"available {Names(set.Available)}, expected {Names(Usable(set))}");
    }

    /// <summary>Back within a minute: the same state with its history. Later: a new one.</summary>
    private void Memory(EndpointSet set)
    {
        var members = set.All.ToDictionary(static e => e.Address);
        foreach (var (address, (state, left)) in _known.ToArray())
        {
            if (members.TryGetValue(address, out var member))
            {
                var absent = left == 0 ? TimeSpan.Zero : simulation.Time.GetElapsedTime(left, Now);
                Property.Require(absent >= s_memory || ReferenceEquals(member, state), $"{address} lost its history after {absent}");
                Property.Require(absent < s_memory + s_look || !ReferenceEquals(member, state), $"{address} was remembered for {absent}");
            }
            else if (left == 0)
            {
                _known[address] = (state, Math.Max(Now, 1));
            }
        }

        foreach (var (address, state) in members)
        {
            _known[address] = (state, 0);
            _everSeen.Add(state);
        }
    }

    /// <summary>No more than allowed at once, for a multiple of the base time, and neither a tick longer nor a tick shorter.</summary>
    private void Ejections(EndpointSet set)
    {
        var policy = simulation.Policy.OutlierDetection!;
        var remembered = _known.Values.Where(k => k.Left == 0 || simulation.Time.GetElapsedTime(k.Left, Now) < s_memory).Select(static k => k.State).ToArray();
        var now = remembered.Where(static e => (e.Flags & EndpointFlags.Ejected) != 0).ToDictionary(static e => e, static e => e.EjectedUntil);
        foreach (var (endpoint, until) in now)
        {
            Property.Require(until > Now, $"{endpoint.Address} is still ejected at {Now} though due at {until}");
            if (!_ejectedUntil.ContainsKey(endpoint))
            {
                var time = simulation.Time.GetElapsedTime(Now, until);
                Property.Require(time == policy.MaxEjectionTime || time.Ticks % policy.BaseEjectionTime.Ticks == 0, $"{endpoint.Address} was ejected for {time}");
            }
        }

        foreach (var (endpoint, until) in _ejectedUntil)
        {
            Property.Require(now.ContainsKey(endpoint) || until <= Now + TimeSpan.TicksPerMillisecond || !remembered.Contains(endpoint), $"{endpoint.Address} came back at {Now}, before {until}");
        }

        if (set.All.Any(e => now.ContainsKey(e) && !_ejectedUntil.ContainsKey(e)))
        {
            var ejected = set.All.Count(now.ContainsKey);
            Property.Require(100 * ejected <= policy.MaxEjectionPercent * set.All.Length, $"{ejected} of {set.All.Length} are ejected, {policy.MaxEjectionPercent} % allowed");
        }

        _ejectedUntil = now;
    }

    /// <summary>When all others were tried, this one is chosen: nobody is lost.</summary>
    private static void Pickable(EndpointState endpoint, BoundCluster cluster, EndpointSet set)
    {
        if (endpoint.Flags != EndpointFlags.None && endpoint.ActiveRequests > 0)
        {
            // Its one trial may be under way.
            return;
        }

        var others = default(TriedEndpoints);
        foreach (var other in set.All)
        {
            if (other != endpoint)
            {
                others.Add(other);
            }
        }

        var context = new PickContext(11);
        var picked = set.Pick(ref context, others, out var isTrial);
        Property.Require(picked == endpoint, $"{endpoint.Address} is healthy and was not picked; {picked?.Address ?? "nobody"} was");
        if (isTrial)
        {
            endpoint.Record(new AttemptOutcome(AttemptResult.Abandoned, 0), cluster, isTrial);
        }

        endpoint.Release();
    }

    /// <summary>Healthy members; degraded ones only when nobody else is.</summary>
    private static EndpointState[] Usable(EndpointSet set)
    {
        var healthy = set.All.Where(static e => ServiceSimulation.TakesTraffic(e.Endpoint) && (e.Flags & EndpointFlags.Ejected) == 0).ToArray();
        var best = healthy.Where(static e => e.Endpoint.Health == EndpointHealth.Healthy).ToArray();
        return best.Length > 0 ? best : healthy;
    }

    private static string Names(ReadOnlySpan<EndpointState> endpoints) => string.Join(',', endpoints.ToArray().Select(static e => $"{e.Address} x{e.Weight} {e.Endpoint.Health} {e.Flags}"));
}
