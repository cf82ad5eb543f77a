namespace Mesh.Diagnostics;

/// <summary>Why a request ended as it did, in Envoy's letters. They stand in telemetry and in the header <c>x-mesh-response-flags</c> of answers made by the mesh.</summary>
[Flags]
public enum ResponseFlags
{
    /// <summary>Nothing to say.</summary>
    None = 0,

    /// <summary>UH: no healthy endpoint.</summary>
    NoHealthyUpstream = 1 << 0,

    /// <summary>UF: connecting to the endpoint failed.</summary>
    UpstreamConnectionFailure = 1 << 1,

    /// <summary>UO: a limit of the connection pool was reached.</summary>
    UpstreamOverflow = 1 << 2,

    /// <summary>NR: no rule matched.</summary>
    NoRouteFound = 1 << 3,

    /// <summary>NC: the rule names a service or subset that does not exist.</summary>
    NoClusterFound = 1 << 4,

    /// <summary>UT: the time for the request, or for its last try, ran out.</summary>
    UpstreamRequestTimeout = 1 << 5,

    /// <summary>URX: every retry was used up.</summary>
    UpstreamRetryLimitExceeded = 1 << 6,

    /// <summary>UR: the endpoint broke the request off before it answered.</summary>
    UpstreamRemoteReset = 1 << 7,

    /// <summary>DI: a delay was injected.</summary>
    DelayInjected = 1 << 8,

    /// <summary>FI: an error was injected.</summary>
    FaultInjected = 1 << 9,

    /// <summary>RL: rate limited.</summary>
    RateLimited = 1 << 10,

    /// <summary>DC: the caller gave up.</summary>
    DownstreamConnectionTermination = 1 << 11,

    /// <summary>UAEX: refused by an authorization check.</summary>
    UnauthorizedExternalService = 1 << 12,
}

/// <summary>Texts of <see cref="ResponseFlags"/>.</summary>
public static class ResponseFlagsExtensions
{
    private static readonly (ResponseFlags Flag, string Text)[] s_texts =
    [
        (ResponseFlags.NoHealthyUpstream, "UH"), (ResponseFlags.UpstreamConnectionFailure, "UF"), (ResponseFlags.UpstreamOverflow, "UO"),
        (ResponseFlags.NoRouteFound, "NR"), (ResponseFlags.NoClusterFound, "NC"), (ResponseFlags.UpstreamRequestTimeout, "UT"),
        (ResponseFlags.UpstreamRetryLimitExceeded, "URX"), (ResponseFlags.UpstreamRemoteReset, "UR"), (ResponseFlags.DelayInjected, "DI"),
        (ResponseFlags.FaultInjected, "FI"), (ResponseFlags.RateLimited, "RL"), (ResponseFlags.DownstreamConnectionTermination, "DC"),
        (ResponseFlags.UnauthorizedExternalService, "UAEX"),
    ];

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<ResponseFlags, string> s_cache = new();

    /// <summary>The flags as Envoy prints them: <c>UF,URX</c>, or <c>-</c> when there is none. Cached: no allocation after the first use of a combination.</summary>
    /// <param name="flags">The flags.</param>
    public static string ToEnvoyString(this ResponseFlags flags) =>
        flags == ResponseFlags.None ? "-" : s_cache.GetOrAdd(flags, static f => string.Join(',', s_texts.Where(t => (f & t.Flag) != 0).Select(static t => t.Text)));
}
