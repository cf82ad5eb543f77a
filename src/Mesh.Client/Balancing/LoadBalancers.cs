using Mesh.Balancing;
using Mesh.Model;

namespace Mesh.Client.Balancing;

/// <summary>The balancing algorithms of a mesh by name: the built-in ones and those registered with <c>AddLoadBalancer</c>.</summary>
internal sealed class LoadBalancers
{
    private readonly Dictionary<string, ILoadBalancer> _byName = new(StringComparer.Ordinal);

    public LoadBalancers(IEnumerable<ILoadBalancer> registered)
    {
        ReadOnlySpan<ILoadBalancer> builtIn = [new LeastRequest(), new RoundRobin(), new RandomChoice()];
        foreach (var balancer in builtIn)
        {
            _byName[balancer.Name] = balancer;
        }

        foreach (var balancer in registered)
        {
            _byName[balancer.Name] = balancer;
        }
    }

    /// <summary>Whether a name is that of an algorithm, or PASSTHROUGH, which needs none.</summary>
    public bool Knows(string name) => name == LoadBalancingAlgorithms.PassThrough || _byName.ContainsKey(name);

    /// <summary>The algorithm of a policy; an unknown name falls back to LEAST_REQUEST (the log has said so when the configuration came into force).</summary>
    public ILoadBalancer For(LoadBalancing settings) => _byName.TryGetValue(settings.Algorithm, out var balancer) ? balancer : _byName[LoadBalancingAlgorithms.LeastRequest];
}
