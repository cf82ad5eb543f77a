using System.Runtime.InteropServices;
using Mesh.Balancing;
using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Client.Balancing;

/// <summary>
/// The explicit shares of localities for this caller. Places the first fitting <c>distribute</c> entry does not name get nothing; a pattern
/// that fits several places shares its weight among them by the weights of their endpoints. Source: Istio applyLocalityWeights.
/// </summary>
internal sealed class LocalityShares
{
    private readonly ModelMap<int> _to;

    private LocalityShares(ModelMap<int> to) => _to = to;

    /// <summary>The shares for a caller in this place; null when none are written for it.</summary>
    public static LocalityShares? For(LocalityPolicy? policy, Locality own)
    {
        foreach (var entry in policy?.Distribute ?? [])
        {
            if (LocalityMatch.Fits(own, entry.From))
            {
                return new LocalityShares(entry.To);
            }
        }

        return null;
    }

    /// <summary>True when endpoints of this place take any of the traffic.</summary>
    public bool Takes(Locality place) => PatternOf(place) is { } pattern && _to.TryGetValue(pattern, out var weight) && weight > 0;

    /// <summary>A picker over the available endpoints; null when they are all in one place.</summary>
    /// <param name="available">The endpoints to pick from.</param>
    /// <param name="all">All endpoints, well or not: a place that has lost some gets less.</param>
    /// <param name="balancer">Chooses within a place.</param>
    /// <param name="settings">Settings of the balancer.</param>
    public Picker? CreatePicker(EndpointView[] available, IReadOnlyList<EndpointView> all, ILoadBalancer balancer, LoadBalancing settings)
    {
        var places = available.Select(static e => e.Endpoint.Locality).Distinct().ToArray();
        if (places.Length < 2)
        {
            return null;
        }

        var weights = Weights(all.Select(static e => e.Endpoint));
        var groups = new List<LocalityWeightedPicker.Group>(places.Length);
        var effective = new List<int>(places.Length);
        foreach (var place in places)
        {
            int[] positions = [.. Enumerable.Range(0, available.Length).Where(i => available[i].Endpoint.Locality == place)];
            var hosts = all.Count(e => e.Endpoint.Locality == place);

            // ENVOY §3: weight × min(1, 1.4 × eligible / hosts), in thousandths because the sequence wants whole numbers.
            var share = weights.GetValueOrDefault(place) * Math.Min(1.0, PriorityLoad.OverprovisioningFactor / 100.0 * positions.Length / hosts);
            effective.Add(Math.Max(1, (int)(share * 1000)));
            groups.Add(new(balancer.CreatePicker(Array.ConvertAll(positions, i => available[i]), settings), positions));
        }

        return new LocalityWeightedPicker(RoundRobin.Sequence(CollectionsMarshal.AsSpan(effective)), [.. groups]);
    }

    private Dictionary<Locality, int> Weights(IEnumerable<MeshEndpoint> endpoints)
    {
        var weights = new Dictionary<Locality, int>();
        foreach (var pattern in endpoints.GroupBy(e => PatternOf(e.Locality)))
        {
            if (pattern.Key is null)
            {
                continue;
            }

            double sum = pattern.Sum(static e => e.Weight);
            _to.TryGetValue(pattern.Key, out var share);
            foreach (var place in pattern.GroupBy(static e => e.Locality))
            {
                weights[place.Key] = (int)Math.Ceiling(place.Sum(static e => e.Weight) * share / sum);
            }
        }

        return weights;
    }

    // Validation keeps patterns apart; of two that still fit the narrower one counts.
    private string? PatternOf(Locality place)
    {
        string? best = null;
        foreach (var (pattern, _) in _to)
        {
            if (LocalityMatch.Fits(place, pattern) && (best is null || pattern.Length > best.Length))
            {
                best = pattern;
            }
        }

        return best;
    }
}
