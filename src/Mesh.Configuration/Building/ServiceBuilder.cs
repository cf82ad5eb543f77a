using System.Globalization;
using System.Net;
using Mesh.Configuration.Istio;
using Mesh.Model;

namespace Mesh.Configuration.Building;

/// <summary>Says where a service is, which parts it has, how its endpoints are used and where its requests go.</summary>
public sealed class ServiceBuilder
{
    private const string PortName = "http";
    private readonly string _host;
    private readonly List<WorkloadEntrySpec> _endpoints = [];
    private readonly List<SubsetSpec> _subsets = [];
    private readonly List<HTTPRouteSpec> _routes = [];
    private TrafficPolicySpec _policy = new();
    private int _port = 80;
    private string _protocol = "HTTP";

    internal ServiceBuilder(string host) => _host = host;

    /// <summary>Port that callers name, and what is spoken on it. Default 80 and <c>HTTP</c>; only used with endpoints given here.</summary>
    /// <param name="number">The port, 1–65535.</param>
    /// <param name="protocol"><c>HTTP</c>, <c>HTTP2</c>, <c>GRPC</c> or <c>HTTPS</c>.</param>
    public ServiceBuilder Port(int number, string protocol = "HTTP")
    {
        (_port, _protocol) = (number, protocol);
        return this;
    }

    /// <summary>Adds endpoints without labels.</summary>
    /// <param name="addresses"><c>host:port</c> each; IPv6 addresses in brackets. Host names are resolved by DNS again and again.</param>
    public ServiceBuilder Endpoints(params ReadOnlySpan<string> addresses)
    {
        foreach (var address in addresses)
        {
            Endpoint(address);
        }

        return this;
    }

    /// <summary>Adds an endpoint.</summary>
    /// <param name="address"><c>host:port</c>; without a port the one of the service.</param>
    /// <param name="weight">Share of requests relative to the other endpoints. Default 1.</param>
    /// <param name="labels">Labels, by which subsets choose.</param>
    /// <exception cref="ArgumentException">The address is not <c>host:port</c>.</exception>
    public ServiceBuilder Endpoint(string address, int weight = 1, params ReadOnlySpan<(string Key, string Value)> labels)
    {
        ArgumentException.ThrowIfNullOrEmpty(address);
        var colon = address.LastIndexOf(':');
        var hasPort = colon > address.LastIndexOf(']') && (address[0] == '[' || address.IndexOf(':') == colon);
        var port = 0;
        if (hasPort && (!int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535))
        {
            throw new ArgumentException($"'{address}' has no valid port; write host:port with a port of 1 to 65535", nameof(address));
        }

        _endpoints.Add(new WorkloadEntrySpec
        {
            Address = (hasPort ? address[..colon] : address).Trim('[', ']'),
            Ports = hasPort ? ModelMap.Of((PortName, port)) : ModelMap<int>.Empty,
            Labels = ModelMap.Of(labels),
            Weight = weight,
        });
        return this;
    }

    /// <summary>Names the endpoints that carry all of the labels, so that routes can choose them.</summary>
    /// <param name="name">Name of the subset.</param>
    /// <param name="labels">Labels an endpoint must carry.</param>
    public ServiceBuilder Subset(string name, params ReadOnlySpan<(string Key, string Value)> labels)
    {
        _subsets.Add(new SubsetSpec { Name = name, Labels = ModelMap.Of(labels) });
        return this;
    }

    /// <summary>Adds a routing rule. Rules are tried in the order in which they are added; the first whose conditions hold decides.</summary>
    /// <param name="configure">Says for which requests and what happens to them.</param>
    public ServiceBuilder Route(Action<RouteBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var route = new RouteBuilder(_host);
        configure(route);
        _routes.Add(route.Build());
        return this;
    }

    /// <summary>How an endpoint is chosen.</summary>
    /// <param name="algorithm">The algorithm. Without this call: <see cref="SimpleLoadBalancer.LeastRequest"/>.</param>
    public ServiceBuilder LoadBalancing(SimpleLoadBalancer algorithm) => Policy(p => p with { LoadBalancer = new LoadBalancerSpec { Simple = algorithm } });

    /// <summary>Takes endpoints that fail out of use for a while. Fields left alone have Istio's defaults.</summary>
    /// <param name="configure">Changes the settings: <c>o => o with { Consecutive5xxErrors = 5, MaxEjectionPercent = 50 }</c>.</param>
    public ServiceBuilder OutlierDetection(Func<OutlierDetectionSpec, OutlierDetectionSpec> configure) =>
        Policy(p => p with { OutlierDetection = Apply(configure, p.OutlierDetection ?? new()) });

    /// <summary>Limits connections.</summary>
    /// <param name="configure">Changes the settings: <c>t => t with { MaxConnections = 10 }</c>.</param>
    public ServiceBuilder Connections(Func<TCPSettingsSpec, TCPSettingsSpec> configure) =>
        Pool(p => p with { Tcp = Apply(configure, p.Tcp ?? new()) });

    /// <summary>Limits requests.</summary>
    /// <param name="configure">Changes the settings: <c>h => h with { Http2MaxRequests = 100 }</c>.</param>
    public ServiceBuilder Requests(Func<HTTPSettingsSpec, HTTPSettingsSpec> configure) =>
        Pool(p => p with { Http = Apply(configure, p.Http ?? new()) });

    /// <summary>Sends HTTP/1.1 requests of the application over HTTP/2 (<c>h2UpgradePolicy: UPGRADE</c>); the endpoints must speak it.</summary>
    public ServiceBuilder UpgradeToHttp2() => Requests(static h => h with { H2UpgradePolicy = H2UpgradePolicy.Upgrade });

    /// <summary>Changes any other part of the traffic policy.</summary>
    /// <param name="configure">Gets the policy so far and returns the new one.</param>
    public ServiceBuilder Policy(Func<TrafficPolicySpec, TrafficPolicySpec> configure)
    {
        _policy = Apply(configure, _policy);
        return this;
    }

    internal IEnumerable<(string Kind, object Spec)> Specs()
    {
        if (_endpoints.Count > 0)
        {
            yield return ("ServiceEntry", new ServiceEntrySpec
            {
                Hosts = [_host],
                Ports = [new ServiceEntryPortSpec { Number = _port, Name = PortName, Protocol = _protocol }],
                Location = ServiceEntryLocation.MeshInternal,
                Resolution = _endpoints.TrueForAll(static e => IPAddress.TryParse(e.Address, out _)) ? ServiceEntryResolution.Static : ServiceEntryResolution.Dns,
                Endpoints = _endpoints.ToModelList(),
            });
        }

        if (_subsets.Count > 0 || _policy != new TrafficPolicySpec())
        {
            yield return ("DestinationRule", new DestinationRuleSpec { Host = _host, TrafficPolicy = _policy, Subsets = _subsets.ToModelList() });
        }

        if (_routes.Count > 0)
        {
            yield return ("VirtualService", new VirtualServiceSpec { Hosts = [_host], Http = _routes.ToModelList() });
        }
    }

    private ServiceBuilder Pool(Func<ConnectionPoolSpec, ConnectionPoolSpec> configure) =>
        Policy(p => p with { ConnectionPool = configure(p.ConnectionPool ?? new()) });

    private static T Apply<T>(Func<T, T> configure, T current)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(configure);
        return configure(current) ?? throw new ArgumentException("the function returned null", nameof(configure));
    }
}
