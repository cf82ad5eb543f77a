using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Cross-origin rules for browsers. Source: Istio CorsPolicy. They act where requests arrive.</summary>
public sealed record CorsPolicySpec
{
    /// <summary>Old list of exact origins.</summary>
    public ModelList<string> AllowOrigin { get; init; } = [];

    /// <summary>Origins that are allowed.</summary>
    public ModelList<StringMatchSpec> AllowOrigins { get; init; } = [];

    /// <summary>Methods that are allowed.</summary>
    public ModelList<string> AllowMethods { get; init; } = [];

    /// <summary>Request headers that are allowed.</summary>
    public ModelList<string> AllowHeaders { get; init; } = [];

    /// <summary>Response headers that scripts may read.</summary>
    public ModelList<string> ExposeHeaders { get; init; } = [];

    /// <summary>Time a browser may remember the answer.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>True allows credentials. Default false.</summary>
    public bool? AllowCredentials { get; init; }

    /// <summary>What happens to preflights of unknown origins. Default: forwarded.</summary>
    public UnmatchedPreflights? UnmatchedPreflights { get; init; }
}

/// <summary>What happens to preflights of origins that are not allowed.</summary>
public enum UnmatchedPreflights
{
    /// <summary><c>UNSPECIFIED</c>: as <see cref="Forward"/>.</summary>
    Unspecified,

    /// <summary><c>FORWARD</c>: they go to the service.</summary>
    Forward,

    /// <summary><c>IGNORE</c>: they are answered without cross-origin headers.</summary>
    Ignore,
}
