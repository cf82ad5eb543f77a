namespace Mesh.Model;

/// <summary>Cross-origin rules that the serving side applies; a client has no use for them. Sources: Istio CorsPolicy, Gateway API HTTPCORSFilter.</summary>
public sealed record CorsPolicy
{
    /// <summary>Origins that are allowed.</summary>
    public ModelList<StringMatch> AllowOrigins { get; init; } = [];

    /// <summary>Methods that are allowed; <c>*</c> stands for all.</summary>
    public ModelList<string> AllowMethods { get; init; } = [];

    /// <summary>Request headers that are allowed; <c>*</c> stands for all.</summary>
    public ModelList<string> AllowHeaders { get; init; } = [];

    /// <summary>Response headers a page may read; <c>*</c> stands for all.</summary>
    public ModelList<string> ExposeHeaders { get; init; } = [];

    /// <summary>How long a browser may keep the answer of a preflight; null: not said.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>True allows credentials; false and null say nothing of them.</summary>
    public bool? AllowCredentials { get; init; }

    /// <summary>True also sends preflights of other origins to the backend instead of answering them (Istio <c>unmatchedPreflights: FORWARD</c>).</summary>
    public bool ForwardUnmatchedPreflights { get; init; }
}

/// <summary>Keeps the requests of one session on one endpoint. Source: Gateway API SessionPersistence.</summary>
public sealed record SessionPersistence
{
    /// <summary>Name of the cookie or header that carries the session; null: one of the mesh's own.</summary>
    public string? Name { get; init; }

    /// <summary>True carries the session in a header the client repeats, false (default) in a cookie.</summary>
    public bool UsesHeader { get; init; }

    /// <summary>Path of the cookie. Default <c>/</c>.</summary>
    public string Path { get; init; } = "/";

    /// <summary>True gives the cookie a lifetime of <see cref="AbsoluteTimeout"/>; false (default) makes it a session cookie.</summary>
    public bool IsPermanent { get; init; }

    /// <summary>Longest life of a session; null: no bound.</summary>
    public TimeSpan? AbsoluteTimeout { get; init; }

    /// <summary>Longest pause between two requests of a session; null: no bound.</summary>
    public TimeSpan? IdleTimeout { get; init; }
}
