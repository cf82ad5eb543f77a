using Mesh.Configuration.Registry;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Makes the clusters of a service: for each of its ports the default one and one per subset.</summary>
internal sealed class ClusterLowering(DestinationRuleIndex rules, MeshConfigSpec mesh, ClientCredentials credentials)
{
    private readonly PolicyLowering _policies = new(mesh, credentials);

    /// <param name="service">The service.</param>
    /// <param name="namedPorts">Ports that rules name; they count for a service that declares none.</param>
    public ModelList<ClusterModel> Lower(RegisteredService service, IReadOnlyCollection<int> namedPorts)
    {
        var rule = rules.Find(service.Name, service.Namespace);
        var clusters = new List<ClusterModel>(Math.Max(service.Ports.Count, 1) * (1 + (rule?.Subsets.Count ?? 0)));
        if (service.Ports.Count > 0)
        {
            foreach (var port in service.Ports)
            {
                Add(clusters, service, rule, port.Number, port);
            }

            return clusters.ToModelList();
        }

        foreach (var port in UndeclaredPorts(rule, namedPorts))
        {
            Add(clusters, service, rule, port, null);
        }

        return clusters.ToModelList();
    }

    // 0 is "whatever the request says"; a port with settings or a rule of its own needs a cluster of its own.
    private static SortedSet<int> UndeclaredPorts(MergedRule? rule, IReadOnlyCollection<int> namedPorts)
    {
        var ports = new SortedSet<int>(namedPorts) { 0 };
        foreach (var policy in (rule?.Subsets.Select(static s => s.TrafficPolicy) ?? []).Append(rule?.Policy))
        {
            foreach (var level in policy?.PortLevelSettings ?? [])
            {
                ports.Add(level.Port.Number);
            }
        }

        return ports;
    }

    private void Add(List<ClusterModel> clusters, RegisteredService service, MergedRule? rule, int port, ServicePort? declared)
    {
        if (rule is null)
        {
            clusters.Add(new ClusterModel { Key = new ClusterKey(service.Name, port), Policy = _policies.Default(declared) });
            return;
        }

        clusters.Add(new ClusterModel
        {
            Key = new ClusterKey(service.Name, port),
            Policy = _policies.Lower(TrafficPolicyMerge.Merge(rule.Policy, null, port), service, declared, rule),
        });
        foreach (var subset in rule.Subsets)
        {
            clusters.Add(new ClusterModel
            {
                Key = new ClusterKey(service.Name, port, subset.Name),
                Labels = subset.Labels,
                Policy = _policies.Lower(TrafficPolicyMerge.Merge(rule.Policy, subset.TrafficPolicy, port), service, declared, rule),
            });
        }
    }
}
