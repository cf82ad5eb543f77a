using System.Collections.Concurrent;
using Mesh.Discovery;

namespace Mesh.Client.Runtime;

/// <summary>
/// The endpoints of a service whose requests name their own: host and port of the request, made when first asked for. One that no request has asked for
/// between two looks leaves, so a client that walks through many hosts does not keep them all. Source: Envoy's ORIGINAL_DST clusters, whose
/// <c>cleanup_interval</c> is 5 s; here the time is longer, because the connections that are kept go with the endpoint.
/// Requests only read and mark; looks and changes happen under the gate of the service.
/// </summary>
internal sealed class PassThroughEndpoints(ServiceState owner)
{
    /// <summary>Between two looks: an idle endpoint lives once to twice as long.</summary>
    public static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(string Host, int Port), EndpointState> _endpoints = new();

    /// <summary>No longer found; a request may have found one of them just before, so their connections stay until the next look.</summary>
    private List<EndpointState> _leaving = [];

    private TimeSpan _interval = IdleTime;

    /// <summary>When <see cref="DropUnused"/> is due; <see cref="long.MaxValue"/> while there is nothing to look at.</summary>
    public long NextLook { get; private set; } = long.MaxValue;

    public IEnumerable<EndpointState> Current => _endpoints.Values;

    public IEnumerable<EndpointState> All => _endpoints.Values.Concat(_leaving);

    /// <summary>The endpoint, marked as used; null when there is none yet.</summary>
    public EndpointState? Find(string host, int port)
    {
        if (!_endpoints.TryGetValue((host, port), out var endpoint))
        {
            return null;
        }

        if (!endpoint.IsUsed)
        {
            endpoint.IsUsed = true;
        }

        return endpoint;
    }

    public EndpointState Add(string host, int port, long now)
    {
        var endpoint = _endpoints.GetOrAdd((host, port), static (key, owner) => new EndpointState(owner, key.Host, key.Port, new MeshEndpoint { Address = key.Host, Port = key.Port }), owner);
        endpoint.IsUsed = true;
        if (NextLook == long.MaxValue)
        {
            NextLook = now + owner.Ticks(_interval);
        }

        return endpoint;
    }

    /// <summary>The service has left: what is idle goes with the next two looks.</summary>
    /// <returns>When the first of them is due.</returns>
    public long LookSoon(long now)
    {
        foreach (var endpoint in _endpoints.Values)
        {
            endpoint.IsUsed = false;
        }

        _interval = TimeSpan.FromSeconds(1);
        return NextLook = Next(now);
    }

    public void DropUnused(long now)
    {
        var leaving = new List<EndpointState>();
        foreach (var endpoint in _leaving)
        {
            if (endpoint.ActiveRequests == 0)
            {
                endpoint.CloseTransports();
            }
            else
            {
                leaving.Add(endpoint);
            }
        }

        foreach (var (key, endpoint) in _endpoints)
        {
            if (endpoint.IsUsed || endpoint.ActiveRequests > 0)
            {
                endpoint.IsUsed = false;
            }
            else if (_endpoints.TryRemove(key, out _))
            {
                leaving.Add(endpoint);
            }
        }

        _leaving = leaving;
        NextLook = Next(now);
    }

    private long Next(long now) => _endpoints.IsEmpty && _leaving.Count == 0 ? long.MaxValue : now + owner.Ticks(_interval);
}
