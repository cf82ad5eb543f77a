using Mesh.Balancing;
using Mesh.Client.Health;
using Mesh.Client.Runtime;
using Mesh.Discovery;

namespace Mesh.PropertyTests.Runtime;

/// <summary>What holds of a cluster whenever nothing moves.</summary>
internal static class RestLaws
{
    /// <summary>Everything has ended: nothing is in flight and no trial is stuck.</summary>
    public static void NothingInFlight(BoundCluster cluster, IEnumerable<EndpointState> endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            Property.Require(endpoint.ActiveRequests == 0, $"{endpoint.Address} still counts {endpoint.ActiveRequests} requests");
            if ((endpoint.Flags & (EndpointFlags.Ejected | EndpointFlags.Unhealthy)) == 0)
            {
                Property.Require(endpoint.TryAcquire(out var isTrial), $"{endpoint.Address} lets nobody in: a trial was never ended");
                GiveBack(endpoint, cluster, isTrial);
            }
        }

        Property.Require(cluster.State.ActiveRetries == 0 && cluster.State.Active == 0, $"the cluster still counts {cluster.State.Active} requests and {cluster.State.ActiveRetries} retries");
    }

    /// <summary>The set has exactly the endpoints discovery gives weight, each with its newest data; of them the healthy take traffic.</summary>
    public static void Membership(EndpointSet set, IEnumerable<MeshEndpoint> discovered)
    {
        var expected = discovered.Where(static e => e.Weight > 0).ToArray();
        Property.Require(set.All.Select(static e => e.Endpoint).SequenceEqual(expected), $"members {Names(set.All)}, expected {string.Join(',', expected.Select(static e => $"{e.Address} x{e.Weight} {e.Health}"))}");
        Property.Require(SharesLoad(set) || set.Available.ToArray().SequenceEqual(Usable(set)), $"available {Names(set.Available)}, expected {Names(Usable(set))}");
    }

    /// <summary>Degraded endpoints are asked only as far as the healthy ones do not carry the load; how far is the subject of other tests (PriorityLoad).</summary>
    private static bool SharesLoad(EndpointSet set) => set.All.Any(static e => e.Endpoint.Health == EndpointHealth.Degraded);

    /// <summary>Whoever may take traffic is chosen when all others were tried: nobody is lost.</summary>
    public static void EverybodyPickable(BoundCluster cluster, EndpointSet set)
    {
        if (SharesLoad(set))
        {
            var context = new PickContext(11);
            var picked = set.Pick(ref context, null, out var isTrial);
            Property.Require(picked is not null || Usable(set).All(static e => e.Flags != EndpointFlags.None), "somebody is healthy and nobody was picked");
            if (picked is not null)
            {
                GiveBack(picked, cluster, isTrial);
            }

            return;
        }

        foreach (var endpoint in Usable(set))
        {
            // Its one trial may be under way.
            if (endpoint.Flags == EndpointFlags.None || endpoint.ActiveRequests == 0)
            {
                Pickable(endpoint, cluster, set);
            }
        }
    }

    private static void Pickable(EndpointState endpoint, BoundCluster cluster, EndpointSet set)
    {
        var others = new TriedEndpoints();
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
        GiveBack(endpoint, cluster, isTrial);
    }

    private static void GiveBack(EndpointState endpoint, BoundCluster cluster, bool isTrial)
    {
        if (isTrial)
        {
            endpoint.Record(new AttemptOutcome(AttemptResult.Abandoned, 0), cluster, isTrial);
        }

        endpoint.Release();
    }

    /// <summary>Healthy members; degraded ones only when nobody else is.</summary>
    private static EndpointState[] Usable(EndpointSet set)
    {
        var healthy = set.All.Where(static e => SimulatedService.TakesTraffic(e.Endpoint) && (e.Flags & EndpointFlags.Ejected) == 0).ToArray();
        var best = healthy.Where(static e => e.Endpoint.Health == EndpointHealth.Healthy).ToArray();
        return best.Length > 0 ? best : healthy;
    }

    private static string Names(ReadOnlySpan<EndpointState> endpoints) => string.Join(',', endpoints.ToArray().Select(static e => $"{e.Address} x{e.Weight} {e.Endpoint.Health} {e.Flags}"));
}
