using Mesh.Client.Runtime;

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
        var cluster = simulation.Service.Cluster;
        var set = cluster.Set;
        Property.Require(simulation.Network.Intruder is null, $"{simulation.Network.Intruder} takes no traffic and got a request");
        RestLaws.Membership(set, simulation.Service.Discovered);
        var remembered = cluster.Owner.Endpoints;
        Memory(set, remembered);
        Ejections(set, remembered);
        RestLaws.EverybodyPickable(cluster, set);
    }

    /// <summary>Everything has ended.</summary>
    public void CheckAtRest() => RestLaws.NothingInFlight(simulation.Service.Cluster, _everSeen);

    /// <summary>
    /// As long as discovery names an endpoint, be its weight zero, and for a minute after: the same state with its history. Later: a new one.
    /// </summary>
    private void Memory(EndpointSet set, EndpointState[] remembered)
    {
        var named = simulation.Service.Discovered.Select(static e => e.Address).ToHashSet();
        var byAddress = remembered.ToDictionary(static e => e.Address);
        Property.Require(set.All.All(e => byAddress.GetValueOrDefault(e.Address) == e), "a member is not remembered");
        foreach (var (address, (state, left)) in _known.ToArray())
        {
            var isKnown = byAddress.GetValueOrDefault(address) == state;
            var absent = left == 0 ? TimeSpan.Zero : simulation.Time.GetElapsedTime(left, Now);
            Property.Require(absent >= s_memory || isKnown, $"{address} lost its history after {absent}");
            Property.Require(absent < s_memory + s_look || !isKnown, $"{address} was remembered for {absent}");
            if (!isKnown)
            {
                _known.Remove(address);
            }
            else if (named.Contains(address))
            {
                _known[address] = (state, 0);
            }
            else if (left == 0)
            {
                _known[address] = (state, Math.Max(Now, 1));
            }
        }

        foreach (var state in remembered)
        {
            _known.TryAdd(state.Address, (state, 0));
            _everSeen.Add(state);
        }
    }

    /// <summary>
    /// No more than allowed at once, for a multiple of the base time, and neither a tick longer nor a tick shorter. Where calls under several policies
    /// were open, the ejection obeyed one of them.
    /// </summary>
    private void Ejections(EndpointSet set, EndpointState[] remembered)
    {
        var policies = simulation.ActingPolicies.Select(static p => p.OutlierDetection).OfType<Model.OutlierDetection>().ToArray();
        var now = remembered.Where(static e => (e.Flags & EndpointFlags.Ejected) != 0).ToDictionary(static e => e, static e => e.EjectedUntil);
        foreach (var (endpoint, until) in now)
        {
            Property.Require(until > Now, $"{endpoint.Address} is still ejected at {Now} though due at {until}");
            if (!_ejectedUntil.ContainsKey(endpoint))
            {
                var time = simulation.Time.GetElapsedTime(Now, until);
                Property.Require(policies.Any(p => time == p.MaxEjectionTime || time.Ticks % p.BaseEjectionTime.Ticks == 0), $"{endpoint.Address} was ejected for {time}");
            }
        }

        foreach (var (endpoint, until) in _ejectedUntil)
        {
            Property.Require(now.ContainsKey(endpoint) || until <= Now + TimeSpan.TicksPerMillisecond || !remembered.Contains(endpoint), $"{endpoint.Address} came back at {Now}, before {until}");
        }

        if (set.All.Any(e => now.ContainsKey(e) && !_ejectedUntil.ContainsKey(e)))
        {
            var ejected = set.All.Count(now.ContainsKey);
            var allowed = policies.Max(static p => p.MaxEjectionPercent);
            Property.Require(100 * ejected <= allowed * set.All.Length, $"{ejected} of {set.All.Length} are ejected, {allowed} % allowed");
        }

        _ejectedUntil = now;
    }
}
