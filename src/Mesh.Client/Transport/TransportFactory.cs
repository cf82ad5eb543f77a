using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Mesh.Discovery;
using Mesh.Model;

namespace Mesh.Client.Transport;

/// <summary>Makes and interns what connections are made of. One per mesh.</summary>
internal sealed class TransportFactory(IMeterFactory? meterFactory, string activitySourceName)
{
    private readonly WeakInterner<TransportSettings> _settings = new();
    private readonly ConcurrentDictionary<TransportProfile, TransportProfile> _profiles = new();
    private readonly Dictionary<TransportProfile, (TransportProfile Profile, int Users)> _bound = [];

    /// <summary>Replaces the pinned handler of every endpoint (its port resolved); benches and the test kit use it to take the network away.</summary>
    public Func<MeshEndpoint, HttpMessageHandler>? Override { get; set; }

    /// <summary>True when connections are really opened here, and so can be counted.</summary>
    public bool CountsConnections(TransportProfile profile) => Override is null && profile is not ForeignProfile;

    /// <summary>One object for equal settings; clusters and connections hold it, and with the last of them it goes.</summary>
    public TransportSettings Intern(ClusterPolicy policy, OpenConnections? connections) => _settings.Intern(TransportSettings.From(policy, connections));

    /// <summary>
    /// One object for equal profiles. A profile that holds objects of a client's own handler is counted: the client factory makes a new handler every few
    /// minutes, and what belongs to the old one must go with it (<see cref="Release"/>).
    /// </summary>
    public TransportProfile Intern(TransportProfile profile)
    {
        if (!profile.IsBoundToHandler)
        {
            return _profiles.GetOrAdd(profile, profile);
        }

        lock (_bound)
        {
            var (canonical, users) = _bound.GetValueOrDefault(profile, (profile, 0));
            _bound[canonical] = (canonical, users + 1);
            return canonical;
        }
    }

    /// <summary>Ends one use of a profile.</summary>
    /// <returns>True when it was the last one and its connections can go.</returns>
    public bool Release(TransportProfile profile)
    {
        lock (_bound)
        {
            if (!_bound.TryGetValue(profile, out var entry))
            {
                return false;
            }

            if (entry.Users > 1)
            {
                _bound[profile] = (entry.Profile, entry.Users - 1);
                return false;
            }

            return _bound.Remove(profile);
        }
    }

    public EndpointTransport Create(string address, int port, MeshEndpoint endpoint, TransportProfile profile, TransportSettings settings, object owner)
    {
        if (Override is not null)
        {
            return new EndpointTransport(Override(endpoint with { Address = address, Port = port }), profile, settings, owner, ownsHandler: true, rewrite: null, secure: false);
        }

        if (profile is ForeignProfile foreign)
        {
            return new EndpointTransport(foreign.Handler, profile, settings, owner, ownsHandler: false, new EndpointTarget(address, port), secure: false);
        }

        var tls = CreateTls(endpoint, profile, settings.Tls);
        var handler = new SocketsHttpHandler();
        profile.ApplyTo(handler);
        handler.ActivityHeadersPropagator = TryPropagator.Over(handler.ActivityHeadersPropagator, activitySourceName);
        handler.UseProxy = false;
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.EnableMultipleHttp2Connections = true;
        handler.ConnectTimeout = settings.ConnectTimeout > TimeSpan.Zero ? settings.ConnectTimeout : Timeout.InfiniteTimeSpan;
        handler.PooledConnectionIdleTimeout = settings.IdleTimeout > TimeSpan.Zero ? settings.IdleTimeout : Timeout.InfiniteTimeSpan;
        handler.PooledConnectionLifetime = settings.MaxConnectionDuration ?? Timeout.InfiniteTimeSpan;
        handler.MaxConnectionsPerServer = Math.Min(profile.MaxConnectionsPerServer, settings.MaxConnections);
        handler.MeterFactory = meterFactory;
        if (settings.Http2KeepAlive is { } ping)
        {
            handler.KeepAlivePingDelay = ping.Interval;
            handler.KeepAlivePingTimeout = ping.Timeout;
            handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
        }

        handler.ConnectCallback = new PinnedConnector(address, port, settings.TcpKeepalive, settings.ProxyProtocol, tls, settings.Connections).ConnectAsync;
        return new EndpointTransport(handler, profile, settings, owner, ownsHandler: true, rewrite: null, secure: tls is not null);
    }

    /// <summary>
    /// TLS of our own: as the DestinationRule says, or for an endpoint written as <c>https://name</c>, whose certificate carries that name and not the service's.
    /// Where the application brought its own TLS options they decide instead.
    /// </summary>
    private static TlsContext? CreateTls(MeshEndpoint endpoint, TransportProfile profile, ClientTls? tls)
    {
        if (tls is { Mode: not ClientTlsMode.Disable })
        {
            return new TlsContext(tls, null);
        }

        var name = endpoint.HostName ?? endpoint.Address;
        return tls is null && profile.SslOptions is null && endpoint.Scheme == "https" && !IPAddress.TryParse(name, out _)
            ? new TlsContext(new ClientTls { Mode = ClientTlsMode.Simple }, name)
            : null;
    }
}

/// <summary>The profile of a primary handler the mesh does not know (a test server, a stub): tries go through that very handler, pointed at the endpoint.</summary>
internal sealed record ForeignProfile : TransportProfile
{
    public ForeignProfile(HttpMessageHandler handler) => Handler = handler;

    public HttpMessageHandler Handler { get; }

    public override bool IsBoundToHandler => true;
}
