using Mesh.Balancing;
using Mesh.Client.Balancing;

namespace Mesh.Client.Runtime;

/// <summary>
/// Where a retry goes that may leave its priority (<c>retryRemoteLocalities</c>): once two tries have been made, the priorities they went to
/// are left out and the load of the others is reckoned anew; when none is left, all are open again.
/// Source: ENVOY §2, retry plug-in previous_priorities with update_frequency 2, as Istio sets it.
/// </summary>
internal sealed class RemotePriorities(PriorityHealth[] health, PrioritySlot[] slots, int panicThreshold)
{
    /// <summary>Tries after which the priorities tried are left out.</summary>
    public const int UpdateFrequency = 2;

    /// <summary>The endpoints to pick from; null when the tries so far give no reason to leave.</summary>
    /// <param name="tried">The endpoints tried.</param>
    /// <param name="context">Randomness of the choice.</param>
    public EndpointSet? Choose(TriedEndpoints tried, ref PickContext context)
    {
        var rest = new PriorityHealth[health.Length];
        var left = 0;
        for (var i = 0; i < rest.Length; i++)
        {
            rest[i] = IsTried(i, tried) ? default : health[i];
            left += rest[i].Healthy + rest[i].Degraded;
        }

        if (left == 0)
        {
            return null;
        }

        var shares = PriorityLoad.Compute(rest, panicThreshold);
        var point = (int)((context.Hash ?? context.NextRandom()) % 100) + 1;
        var sum = 0;
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var slot in slots)
            {
                if (slot.IsDegraded == (pass == 1) && (sum += pass == 0 ? shares[slot.Priority].Healthy : shares[slot.Priority].Degraded) >= point)
                {
                    return slot.Set;
                }
            }
        }

        return null;
    }

    private bool IsTried(int priority, TriedEndpoints tried)
    {
        foreach (var slot in slots)
        {
            if (slot.Priority == priority)
            {
                foreach (var endpoint in slot.Set.Available)
                {
                    if (tried.Contains(endpoint))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }
}
