// hot path
using Mesh.Model;

namespace Mesh.Client.Compile;

/// <summary>What happens to a request, ready to run.</summary>
internal sealed class CompiledRoute
{
    private readonly CompiledDestination[] _destinations;
    private readonly uint[] _cumulative;
    private readonly uint _total;

    public CompiledRoute(string name, RouteRule? rule, RouteAction? action, CompiledDestination[] destinations, CompiledMirror[] mirrors, object? pipeline)
    {
        Name = name;
        Rule = rule;
        Fault = action?.Fault;
        Pipeline = pipeline;
        Mirrors = mirrors;
        Forward = action as ForwardAction;
        Redirect = action as RedirectAction;
        DirectResponse = action as DirectResponseAction;
        Retries = Forward?.Retries ?? RetryPolicy.None;
        ResponseHeaders = CompiledHeaderOperations.Create(action?.ResponseHeaders);
        RequestHeaders = CompiledHeaderOperations.Create(Forward?.RequestHeaders);
        Rewrite = Forward?.Rewrite is { } rewrite ? new CompiledRewrite(rewrite) : null;
        Session = Forward?.SessionPersistence is { } session ? new CompiledSession(session, rule, name) : null;
        HasSpecialTreatment = Forward is null || Fault is not null || Rewrite is not null || RequestHeaders is not null || ResponseHeaders is not null || mirrors.Length > 0;

        _destinations = destinations;
        _cumulative = new uint[destinations.Length];
        for (var i = 0; i < destinations.Length; i++)
        {
            _total += (uint)destinations[i].Weight;
            _cumulative[i] = _total;
        }
    }

    /// <summary>The answer to a request that no rule of its service matches.</summary>
    public static CompiledRoute NotFound { get; } = new("-", null, null, [], [], null);

    public string Name { get; }

    public RouteRule? Rule { get; }

    /// <summary>Null when the route does not forward.</summary>
    public ForwardAction? Forward { get; }

    public RedirectAction? Redirect { get; }

    public DirectResponseAction? DirectResponse { get; }

    public Fault? Fault { get; }

    public CompiledRewrite? Rewrite { get; }

    public CompiledHeaderOperations? RequestHeaders { get; }

    public CompiledHeaderOperations? ResponseHeaders { get; }

    public CompiledMirror[] Mirrors { get; }

    /// <summary>How the requests of a session are kept together; null: they are not.</summary>
    public CompiledSession? Session { get; }

    /// <summary>Destinations of weight 0, which only sessions that began earlier still reach.</summary>
    public CompiledDestination[] Resting { get; init; } = [];

    public RetryPolicy Retries { get; }

    /// <summary>The resilience pipeline around the tries; null when the tries run bare.</summary>
    public object? Pipeline { get; }

    /// <summary>False on the plain road: forward, nothing changed. One test keeps all the rest off the hot path.</summary>
    public bool HasSpecialTreatment { get; }

    public ReadOnlySpan<CompiledDestination> Destinations => _destinations;

    /// <summary>The destination of this request: v = random mod total, first whose cumulative weight exceeds it. Source: Envoy weighted clusters (ENVOY §20).</summary>
    public CompiledDestination PickDestination(ulong random)
    {
        if (_destinations.Length == 1)
        {
            return _destinations[0];
        }

        var value = (uint)(((random >> 32) * _total) >> 32);
        var index = 0;
        while (value >= _cumulative[index])
        {
            index++;
        }

        return _destinations[index];
    }
}

/// <summary>One destination of a route: its cluster in this snapshot and what is specific to it.</summary>
internal sealed class CompiledDestination(CompiledCluster? cluster, ClusterKey key, int weight, CompiledHeaderOperations? requestHeaders, CompiledHeaderOperations? responseHeaders, KeyValuePair<string, object?>[] tags)
{
    private uint _sessionId;

    /// <summary>
    /// Null when there is nothing to send to: <see cref="Redirect"/> or <see cref="ErrorStatus"/> answer, else the document names a service or subset
    /// that does not exist and the request is answered with 503 and flag NC.
    /// </summary>
    public CompiledCluster? Cluster { get; } = cluster;

    public ClusterKey Key { get; } = key;

    public int Weight { get; } = weight;

    public CompiledHeaderOperations? RequestHeaders { get; } = requestHeaders;

    public CompiledHeaderOperations? ResponseHeaders { get; } = responseHeaders;

    /// <summary>What sessions call the cluster; made when a session first asks.</summary>
    public uint SessionId => _sessionId != 0 ? _sessionId : _sessionId = CompiledSession.Fingerprint(Key.ToString());

    /// <summary>Tags of every measurement for this route and destination, built once.</summary>
    public KeyValuePair<string, object?>[] Tags { get; } = tags;

    /// <summary>Change of path or authority for this destination only; null: none.</summary>
    public CompiledRewrite? Rewrite { get; init; }

    /// <summary>Redirect that answers this share in place of the backend; null: none.</summary>
    public RedirectAction? Redirect { get; init; }

    /// <summary>Status that answers this share because its backend may not be used; null: none.</summary>
    public int? ErrorStatus { get; init; }

    /// <summary>True when requests of this share are not sent at all.</summary>
    public bool AnswersItself => Redirect is not null || ErrorStatus is not null;

    public bool HasSpecialTreatment => RequestHeaders is not null || ResponseHeaders is not null || Rewrite is not null;
}

/// <summary>A copy to send elsewhere.</summary>
internal sealed record CompiledMirror(CompiledCluster? Cluster, double Percent);
