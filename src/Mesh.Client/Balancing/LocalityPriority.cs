using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Client.Balancing;

/// <summary>
/// Ranks endpoints by place or labels: which priority each of them has for this caller. Source: Istio applyLocalityFailover and
/// applyFailoverPriorities; a rank refines the priority the endpoint has already, and ranks nobody has are closed up.
/// </summary>
internal static class LocalityPriority
{
    // Distances and the rank of a region that is not the fallback: 0–4.
    private const int PlaceRanks = 5;

    /// <summary>The priority of each endpoint, from 0 without gaps.</summary>
    public static int[] Assign(IReadOnlyList<MeshEndpoint> endpoints, LocalityPolicy? policy, Workload workload)
    {
        var ranks = new int[endpoints.Count];
        var byPlace = policy is { Distribute.Count: 0 } && (policy.FailoverPriority.Count == 0 || policy.Failover.Count > 0);
        var byLabels = policy is { Distribute.Count: 0, FailoverPriority.Count: > 0 };
        for (var i = 0; i < ranks.Length; i++)
        {
            var endpoint = endpoints[i];
            ranks[i] = endpoint.Priority;
            if (byLabels)
            {
                ranks[i] = (ranks[i] * (policy!.FailoverPriority.Count + 1)) + LabelRank(endpoint, policy.FailoverPriority, workload);
            }

            if (byPlace)
            {
                ranks[i] = (ranks[i] * PlaceRanks) + PlaceRank(endpoint.Locality, policy!.Failover, workload.Locality);
            }
        }

        return CloseGaps(ranks);
    }

    private static int PlaceRank(Locality place, ModelMap<string> failover, Locality own)
    {
        var distance = LocalityMatch.Distance(own, place);
        return distance == 3 && failover.TryGetValue(own.Region ?? "", out var to) && to != place.Region ? 4 : distance;
    }

    /// <summary>As many ranks down as labels, in their order, are left after the first that differs. <c>key=value</c> compares with the value instead of the caller's label.</summary>
    private static int LabelRank(MeshEndpoint endpoint, ModelList<string> labels, Workload workload)
    {
        for (var i = 0; i < labels.Count; i++)
        {
            var equals = labels[i].IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? labels[i] : labels[i][..equals];
            var wanted = equals < 0 ? Label(workload.Labels, workload.Locality, key) : labels[i][(equals + 1)..];
            if (!string.Equals(wanted ?? "", Label(endpoint.Labels, endpoint.Locality, key) ?? "", StringComparison.Ordinal))
            {
                return labels.Count - i;
            }
        }

        return 0;
    }

    // The places of Kubernetes and Istio are labels, too, also of an endpoint that only has a locality.
    private static string? Label(ModelMap<string> labels, Locality locality, string key) => labels.TryGetValue(key, out var value) ? value : key switch
    {
        "topology.kubernetes.io/region" => locality.Region,
        "topology.kubernetes.io/zone" => locality.Zone,
        "topology.istio.io/subzone" => locality.SubZone,
        _ => null,
    };

    private static int[] CloseGaps(int[] ranks)
    {
        var present = new SortedSet<int>(ranks).ToArray();
        return Array.ConvertAll(ranks, rank => Array.BinarySearch(present, rank));
    }
}
