using Mesh.Configuration.Naming;
using Mesh.Model;

namespace Mesh.Configuration.Explain;

/// <summary>The service a request is for.</summary>
internal sealed class ServiceTable
{
    private readonly HostTable<ServiceModel> _hosts = new();
    private readonly Dictionary<string, ServiceModel> _byName = new(StringComparer.Ordinal);
    private readonly string _domainSuffix;

    public ServiceTable(MeshModel model)
    {
        _domainSuffix = model.Workload.DomainSuffix;
        foreach (var service in model.Services)
        {
            _byName.TryAdd(service.Name, service);
            foreach (var host in service.Hosts)
            {
                _hosts.Add(host, service);
            }
        }
    }

    /// <summary>The service a rule names.</summary>
    public ServiceModel? ByName(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The service of a host in an address. <c>_name.service</c> is a named endpoint of a service.</summary>
    public ServiceModel? ByHost(string host)
    {
        if (_hosts.Find(host) is { } service)
        {
            return service;
        }

        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return host.StartsWith('_') && dot >= 2 && _hosts.Find(host[(dot + 1)..]) is { } parent ? NamedEndpoint(parent, host[1..dot]) : null;
    }

    /// <summary>The service a caller connects to: by its namespace and name, else by the text as a host.</summary>
    public ServiceModel? ByDial(DialledService dial) =>
        ByName(ServiceAliases.FullName(dial.Service, dial.Namespace, _domainSuffix).ToLowerInvariant())
        ?? _hosts.Find(ServiceAliases.FullName(dial.Service, dial.Namespace, _domainSuffix))
        ?? _hosts.Find(dial.Service);

    /// <summary>
    /// One of the service's ports by its name, or whatever discovery keeps under this name, which is then a service with a name of its own and the same rules.
    /// Source: Microsoft.Extensions.ServiceDiscovery.
    /// </summary>
    private ServiceModel NamedEndpoint(ServiceModel service, string name)
    {
        foreach (var port in service.Ports)
        {
            if (port.Name == name)
            {
                return service with { Ports = [port] };
            }
        }

        var own = $"{name}.{service.Name}";
        if (!_byName.TryGetValue(own, out var derived))
        {
            derived = service with
            {
                Name = own,
                Clusters = [.. service.Clusters.Select(c => c with { Key = c.Key with { Service = own } })],
                Rules = [.. service.Rules.Select(rule => rule with { Action = Renamed(rule.Action, service.Name, own) })],
            };
            _byName.Add(own, derived);
        }

        return derived;
    }

    /// <summary>Rules that send to the service itself send to its named endpoint.</summary>
    private static RouteAction Renamed(RouteAction action, string from, string to) => action is not ForwardAction forward ? action : forward with
    {
        Destinations = [.. forward.Destinations.Select(d => d.Cluster.Service == from ? d with { Cluster = d.Cluster with { Service = to } } : d)],
    };
}
