using Mesh.Balancing;
using Mesh.Client.Balancing;
using Mesh.Client.Compile;
using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Client.Runtime;

/// <summary>
/// Builds the <see cref="EndpointSet"/> of a cluster: members by subset labels, their priorities (from discovery, refined by place), the share
/// of each priority, pickers. Source: ENVOY §1 (host health), §2 (priorities, panic), §3 (locality weights); Istio subsets and locality
/// settings. Runs on changes, never on a request's way but its first.
/// </summary>
internal sealed class EndpointSetBuilder
{
    private readonly LoadBalancing _settings;
    private readonly ILoadBalancer _balancer;
    private readonly LocalityShares? _shares;
    private readonly EndpointState[] _all;

    private EndpointSetBuilder(EndpointState[] all, LoadBalancing settings, ILoadBalancer balancer, LocalityShares? shares) =>
        (_all, _settings, _balancer, _shares) = (all, settings, balancer, shares);

    public static EndpointSet Build(BoundCluster cluster, ModelList<MeshEndpoint> endpoints, LoadBalancers balancers, Workload workload, Func<MeshEndpoint, EndpointState> stateOf)
    {
        var settings = cluster.Policy.LoadBalancing;
        var shares = LocalityShares.For(settings.Locality, workload.Locality);
        var members = new List<EndpointState>(endpoints.Count);
        foreach (var endpoint in endpoints)
        {
            if (endpoint.Weight > 0 && HasLabels(endpoint, cluster.Model.Labels) && (shares is null || shares.Takes(endpoint.Locality)))
            {
                members.Add(stateOf(endpoint));
            }
        }

        if (members.Count == 0)
        {
            return EndpointSet.Empty;
        }

        var builder = new EndpointSetBuilder(WithScheme(members, cluster.Scheme), settings, balancers.For(settings), shares);
        var priorities = LocalityPriority.Assign(Array.ConvertAll(builder._all, static e => e.Endpoint), settings.Locality, workload);
        return builder.Build(priorities, cluster.Policy.OutlierDetection?.MinHealthPercent ?? 0);
    }

    private EndpointSet Build(int[] priorities, int panicThreshold)
    {
        var levels = new List<EndpointState>[priorities.Max() + 1];
        for (var i = 0; i < priorities.Length; i++)
        {
            (levels[priorities[i]] ??= []).Add(_all[i]);
        }

        var health = Array.ConvertAll(levels, static level => new PriorityHealth(level.Count, level.Count(IsHealthy), level.Count(IsDegraded)));
        var shares = PriorityLoad.Compute(health, panicThreshold);
        var slots = new List<PrioritySlot>(levels.Length);
        for (var i = 0; i < levels.Length; i++)
        {
            AddSlots(slots, i, levels[i], shares[i]);
        }

        // Nearly always one priority takes everything, and the set is as plain as one without priorities.
        var levelsInUse = slots.FindAll(static slot => slot.Share > 0);
        var remote = levels.Length > 1 ? new RemotePriorities(health, [.. slots], panicThreshold) : null;
        return levelsInUse is [{ Set: var only }] ? only.With(_all, remote) : EndpointSet.OfPriorities(_all, [.. levelsInUse], remote);
    }

    private void AddSlots(List<PrioritySlot> slots, int priority, List<EndpointState> level, PriorityShare share)
    {
        if (share.IsPanic)
        {
            slots.Add(new PrioritySlot(priority, IsDegraded: false, share.Healthy + share.Degraded, CreateSet(level, [.. level], isPanic: true)));
            return;
        }

        EndpointState[] degraded = [.. level.Where(IsDegraded)];
        slots.Add(new PrioritySlot(priority, IsDegraded: false, share.Healthy, CreateSet(level, [.. level.Where(IsHealthy)], isPanic: false)));
        if (degraded.Length > 0)
        {
            slots.Add(new PrioritySlot(priority, IsDegraded: true, share.Degraded, CreateSet(level, degraded, isPanic: false)));
        }
    }

    private EndpointSet CreateSet(List<EndpointState> level, EndpointState[] available, bool isPanic)
    {
        if (available.Length == 0)
        {
            return new EndpointSet(_all, available, [], null, isPanic);
        }

        EndpointState[] probing = [.. available.Where(static e => (e.Flags & EndpointFlags.Probing) != 0)];
        var views = Array.ConvertAll(available, static EndpointView (e) => e);
        var picker = _shares?.CreatePicker(views, level, _balancer, _settings) ?? _balancer.CreatePicker(views, _settings);
        return new EndpointSet(_all, available, probing, picker, isPanic);
    }

    private static EndpointState[] WithScheme(List<EndpointState> members, SchemeChoice choice)
    {
        var preferred = choice is SchemeChoice.Https or SchemeChoice.HttpsFirst ? "https" : "http";
        var other = preferred == "https" ? "http" : "https";
        return members.Exists(e => e.Endpoint.Scheme == preferred) ? [.. members.Where(e => e.Endpoint.Scheme != other)] : [.. members];
    }

    private static bool IsUsable(EndpointState endpoint) => (endpoint.Flags & (EndpointFlags.Ejected | EndpointFlags.Unhealthy)) == 0;

    private static bool IsHealthy(EndpointState endpoint) => IsUsable(endpoint) && endpoint.Endpoint.Health != EndpointHealth.Degraded;

    private static bool IsDegraded(EndpointState endpoint) => IsUsable(endpoint) && endpoint.Endpoint.Health == EndpointHealth.Degraded;

    private static bool HasLabels(MeshEndpoint endpoint, ModelMap<string> labels)
    {
        foreach (var (key, value) in labels)
        {
            if (!endpoint.Labels.TryGetValue(key, out var actual) || actual != value)
            {
                return false;
            }
        }

        return true;
    }
}
