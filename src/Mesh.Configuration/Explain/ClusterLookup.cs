using System.Globalization;
using System.Net;
using Mesh.Configuration.Naming;
using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Configuration.Explain;

/// <summary>The cluster a rule names, found in the model.</summary>
/// <param name="Key">With the port it turned out to be.</param>
/// <param name="Service">Null when there is no such service.</param>
/// <param name="Port">The declared port; null when the service declares none.</param>
/// <param name="Model">The cluster; null when the rule names a port or subset that does not exist.</param>
internal sealed record FoundCluster(ClusterKey Key, ServiceModel? Service, ServicePort? Port, ClusterModel? Model)
{
    public bool Exists => Model is not null;

    /// <summary>False for the share of a rule that names no backend at all.</summary>
    public bool IsNamed => Key.Service is { Length: > 0 };

    /// <summary>What does not exist, in words.</summary>
    public string Problem => !IsNamed ? "the rule names no backend" : Service is null ? $"service {Key.Service} does not exist"
        : Service.Ports.Count > 0 && Port is null ? string.Create(CultureInfo.InvariantCulture, $"service {Key.Service} has no port {Key.Port}")
        : $"no DestinationRule defines subset {Key.Subset} of {Key.Service}";
}

/// <summary>
/// Finds clusters. The port is the one the rule names, else the only one of the service, else the port of the request; an unknown service, port or
/// subset is no cluster and answers 503. Source: ISTIO §2 Host names.
/// </summary>
internal sealed class ClusterLookup(ServiceTable services, string domainSuffix)
{
    /// <param name="wanted">What the rule names.</param>
    /// <param name="requestPort">The port that was asked.</param>
    /// <param name="asked">The service that was asked, which may be only a part of the one of its name; null at a gateway.</param>
    public FoundCluster Find(ClusterKey wanted, int requestPort, ServiceModel? asked)
    {
        var key = wanted.Port == 0 ? wanted with { Port = requestPort } : wanted;
        if (wanted.Service is null || (wanted.Service == asked?.Name ? asked : services.ByName(wanted.Service)) is not { } service)
        {
            return new FoundCluster(key, null, null, null);
        }

        ServicePort? port = null;
        foreach (var declared in service.Ports)
        {
            port = declared.Number == key.Port ? declared : port;
        }

        if (port is null && wanted.Port == 0 && service.Ports.Count == 1)
        {
            port = service.Ports[0];
            key = key with { Port = port.Number };
        }

        if (port is null && service.Ports.Count > 0)
        {
            return new FoundCluster(key, service, null, null);
        }

        return new FoundCluster(key, service, port, Policy(service, key));
    }

    /// <summary>The cluster's policy: that of its port, else the one for every port; a cluster without a subset always exists.</summary>
    private static ClusterModel? Policy(ServiceModel service, ClusterKey key)
    {
        ClusterModel? forEveryPort = null;
        foreach (var cluster in service.Clusters)
        {
            if (cluster.Key.Subset != key.Subset)
            {
                continue;
            }

            if (cluster.Key.Port == key.Port)
            {
                return cluster;
            }

            forEveryPort = cluster.Key.Port == 0 ? forEveryPort ?? cluster : forEveryPort;
        }

        return forEveryPort ?? (key.Subset is null ? new ClusterModel { Key = key } : null);
    }

    /// <summary>Host, namespace and name of a service, as far as its full name tells when the service itself does not exist.</summary>
    public (string Namespace, string Name) NameOf(FoundCluster cluster) =>
        !cluster.IsNamed ? ("", "")
            : ServiceAliases.TrySplit(cluster.Key.Service, domainSuffix, out var name, out var @namespace) ? (@namespace, name)
            : (cluster.Service?.Namespace ?? "", cluster.Key.Service);

    /// <summary>The addresses of the cluster that the configuration knows, ports resolved.</summary>
    public static IReadOnlyList<string> EndpointsOf(FoundCluster cluster, RequestFacts request)
    {
        if (cluster.Service is not { } service || cluster.Model is not { } model)
        {
            return [];
        }

        switch (service.Resolution)
        {
            case EndpointResolution.PassThrough:
                return [Address(request.Url.IdnHost, Math.Max(request.Url.Port, 0))];
            case EndpointResolution.Dns when service.Endpoints.Count == 0 && service.Hosts.Count > 0:
                return [Address(service.Hosts[0], cluster.Port?.TargetPort is > 0 and var target ? target : cluster.Key.Port)];
        }

        var addresses = new List<string>();
        foreach (var endpoint in service.Endpoints)
        {
            if (endpoint.Weight > 0 && HasLabels(endpoint, model.Labels))
            {
                addresses.Add(Address(endpoint.Address, endpoint.ResolvePort(cluster.Port, cluster.Key.Port)));
            }
        }

        return addresses;
    }

    public static string LoadBalancerOf(ClusterModel cluster) => cluster.Policy.LoadBalancing switch
    {
        { ConsistentHash: { } hash } => hash.Maglev ? "MAGLEV" : "RING_HASH",
        var balancing => balancing.Algorithm,
    };

    private static bool HasLabels(MeshEndpoint endpoint, ModelMap<string> labels)
    {
        foreach (var (name, value) in labels)
        {
            if (endpoint.Labels.GetValueOrDefault(name) != value)
            {
                return false;
            }
        }

        return true;
    }

    private static string Address(string host, int port) => IPAddress.TryParse(host, out var ip) && ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
        ? string.Create(CultureInfo.InvariantCulture, $"[{ip}]:{port}")
        : string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
}
