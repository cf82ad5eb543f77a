using Mesh.Balancing;
using Mesh.Client.Balancing;
using Mesh.Client.Compile;
using Mesh.Client.Health;
using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Client.Runtime;

/// <summary>
/// Builds the <see cref="EndpointSet"/> of a cluster: members by subset labels, the first priority that has anybody healthy, panic, picker.
/// Source: ENVOY §1 (host health), §2 (panic); Istio subsets. Runs on changes, never on a request's way but its first.
/// </summary>
internal static class EndpointSetBuilder
{
    public static EndpointSet Build(BoundCluster cluster, ModelList<MeshEndpoint> endpoints, LoadBalancers balancers, Func<MeshEndpoint, EndpointState> stateOf)
    {
        var members = new List<EndpointState>(endpoints.Count);
        foreach (var endpoint in endpoints)
        {
            if (endpoint.Weight > 0 && HasLabels(endpoint, cluster.Model.Labels))
            {
                members.Add(stateOf(endpoint));
            }
        }

        if (members.Count == 0)
        {
            return EndpointSet.Empty;
        }

        EndpointState[] all = WithScheme(members, cluster.Scheme);
        var healthy = all.Count(IsHealthy);
        var minHealth = cluster.Policy.OutlierDetection?.MinHealthPercent ?? 0;
        var panic = EjectionPolicy.IsPanic(healthy, all.Length, minHealth);
        var available = panic ? all : FirstUsablePriority(all);
        EndpointState[] probing = [.. available.Where(static e => (e.Flags & EndpointFlags.Probing) != 0)];
        var picker = available.Length == 0 ? null : balancers.For(cluster.Policy.LoadBalancing).CreatePicker(Array.ConvertAll(available, static EndpointView (e) => e), cluster.Policy.LoadBalancing);
        return new EndpointSet(all, available, probing, picker, panic);
    }

    private static EndpointState[] WithScheme(List<EndpointState> members, SchemeChoice choice)
    {
        var preferred = choice is SchemeChoice.Https or SchemeChoice.HttpsFirst ? "https" : "http";
        var other = preferred == "https" ? "http" : "https";
        return members.Exists(e => e.Endpoint.Scheme == preferred) ? [.. members.Where(e => e.Endpoint.Scheme != other)] : [.. members];
    }

    private static EndpointState[] FirstUsablePriority(EndpointState[] all)
    {
        foreach (var level in all.GroupBy(static e => e.Endpoint.Priority).OrderBy(static g => g.Key))
        {
            EndpointState[] healthy = [.. level.Where(IsHealthy)];
            if (healthy.Length > 0)
            {
                // Degraded endpoints serve when nobody better does.
                EndpointState[] best = [.. healthy.Where(static e => e.Endpoint.Health != EndpointHealth.Degraded)];
                return best.Length > 0 ? best : healthy;
            }
        }

        return [];
    }

    private static bool IsHealthy(EndpointState endpoint) => (endpoint.Flags & (EndpointFlags.Ejected | EndpointFlags.Unhealthy)) == 0;

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
