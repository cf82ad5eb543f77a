using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Makes the cross-origin rules of a route, for whoever serves it. Source: Istio TranslateCORSPolicy.</summary>
internal static class CorsLowering
{
    public static CorsPolicy? Lower(CorsPolicySpec? spec) => spec is null ? null : new CorsPolicy
    {
        // The old list of exact origins counts only without the new one.
        AllowOrigins = spec.AllowOrigins.Count > 0
            ? [.. spec.AllowOrigins.Select(MatchLowering.TextOrPresent)]
            : [.. spec.AllowOrigin.Select(static origin => new StringMatch(MatchKind.Exact, origin))],
        AllowMethods = spec.AllowMethods,
        AllowHeaders = spec.AllowHeaders,
        ExposeHeaders = spec.ExposeHeaders,
        MaxAge = spec.MaxAge,
        AllowCredentials = spec.AllowCredentials,
        ForwardUnmatchedPreflights = spec.UnmatchedPreflights is not UnmatchedPreflights.Ignore,
    };
}
