using Mesh.Configuration.Naming;
using Mesh.Model;

namespace Mesh.Configuration.Explain;

/// <summary>Whom a host name belongs to: the exact host, then the longest wildcard, then <c>*</c>; of equals the first. Source: ENVOY §20.</summary>
internal sealed class HostTable<T>
    where T : class
{
    private readonly Dictionary<string, T> _exact = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Suffix, T Owner)> _wildcards = [];
    private T? _any;

    public void Add(string host, T owner)
    {
        if (host == "*")
        {
            _any ??= owner;
        }
        else if (host.StartsWith('*'))
        {
            _wildcards.Add((host[1..], owner));
        }
        else
        {
            _exact.TryAdd(host, owner);
        }
    }

    public T? Find(string host)
    {
        if (_exact.TryGetValue(host, out var owner))
        {
            return owner;
        }

        (string Suffix, T Owner)? best = null;
        foreach (var wildcard in _wildcards)
        {
            // A wildcard stands for at least one character.
            if (host.Length > wildcard.Suffix.Length && host.EndsWith(wildcard.Suffix, StringComparison.OrdinalIgnoreCase)
                && wildcard.Suffix.Length > (best?.Suffix.Length ?? -1))
            {
                best = wildcard;
            }
        }

        return best?.Owner ?? _any;
    }
}

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

    /// <summary>The service of a host in an address. <c>_name.service</c> is one port of a service, by the port's name.</summary>
    public ServiceModel? ByHost(string host)
    {
        if (_hosts.Find(host) is { } service)
        {
            return service;
        }

        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return host.StartsWith('_') && dot >= 2 && _hosts.Find(host[(dot + 1)..]) is { } parent ? OnlyPort(parent, host[1..dot]) : null;
    }

    /// <summary>The service a caller connects to: by its namespace and name, else by the text as a host.</summary>
    public ServiceModel? ByDial(DialledService dial) =>
        ByName(ServiceAliases.FullName(dial.Service, dial.Namespace, _domainSuffix).ToLowerInvariant())
        ?? _hosts.Find(ServiceAliases.FullName(dial.Service, dial.Namespace, _domainSuffix))
        ?? _hosts.Find(dial.Service);

    private static ServiceModel OnlyPort(ServiceModel service, string name)
    {
        foreach (var port in service.Ports)
        {
            if (port.Name == name)
            {
                return service with { Ports = [port] };
            }
        }

        // Whatever discovery keeps under this name; the rules are the service's own.
        return service;
    }
}
