using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>What the filters of a rule or of one of its backends come to. Each kind stands at most once in a list, copies aside.</summary>
internal sealed record FilterEffects
{
    public static FilterEffects None { get; } = new();

    public HeaderOperations RequestHeaders { get; private init; } = HeaderOperations.None;

    public HeaderOperations ResponseHeaders { get; private init; } = HeaderOperations.None;

    public Rewrite? Rewrite { get; private init; }

    public RedirectAction? Redirect { get; private init; }

    public CorsPolicy? Cors { get; private init; }

    public ModelList<HTTPRequestMirrorFilterSpec> Mirrors { get; private init; } = [];

    /// <summary>Status that requests are answered with because a filter is not known here: a filter is never passed over. Null: all are known.</summary>
    public int? Failure { get; private init; }

    /// <summary>True when the part of the path that matched is needed.</summary>
    public bool ReplacesPrefix => Rewrite?.Path is not null || Redirect?.PrefixRewrite is not null;

    public static FilterEffects Of(ModelList<HTTPRouteFilterSpec> filters)
    {
        var effects = None;
        foreach (var filter in filters)
        {
            effects = Add(effects, filter);
        }

        return effects;
    }

    private static FilterEffects Add(FilterEffects effects, HTTPRouteFilterSpec filter) => filter.Type switch
    {
        HTTPRouteFilterType.RequestHeaderModifier when filter.RequestHeaderModifier is { } edits => effects with { RequestHeaders = Headers(edits) },
        HTTPRouteFilterType.ResponseHeaderModifier when filter.ResponseHeaderModifier is { } edits => effects with { ResponseHeaders = Headers(edits) },
        HTTPRouteFilterType.RequestMirror when filter.RequestMirror is { } mirror => effects with { Mirrors = [.. effects.Mirrors, mirror] },
        HTTPRouteFilterType.RequestRedirect when filter.RequestRedirect is { } redirect => effects with { Redirect = RedirectTo(redirect) },
        HTTPRouteFilterType.URLRewrite when filter.UrlRewrite is { } rewrite => effects with { Rewrite = RewriteTo(rewrite) },
        HTTPRouteFilterType.CORS when filter.Cors is { } cors => effects with { Cors = CorsLowering.Lower(cors) },

        // Whoever is not asked has not allowed it.
        HTTPRouteFilterType.ExternalAuth => effects with { Failure = 403 },
        HTTPRouteFilterType.ExtensionRef => effects with { Failure = effects.Failure ?? 500 },
        _ => effects,
    };

    private static HeaderOperations Headers(HTTPHeaderFilterSpec spec) => new()
    {
        Set = Map(spec.Set),
        Add = Map(spec.Add),
        Remove = spec.Remove,
    };

    // One action per name; of equal names the first counts.
    private static ModelMap<string> Map(ModelList<HTTPHeaderSpec> headers) =>
        headers.DistinctBy(static h => h.Name, StringComparer.OrdinalIgnoreCase).Select(static h => new KeyValuePair<string, string>(h.Name, h.Value)).ToModelMap();

    private static Rewrite RewriteTo(HTTPURLRewriteFilterSpec spec) => new()
    {
        Authority = spec.Hostname is { Length: > 0 } host ? host : null,
        Path = spec.Path is { Type: HTTPPathModifierType.ReplacePrefixMatch } prefix ? prefix.ReplacePrefixMatch ?? "/" : null,
        FullPath = spec.Path is { Type: HTTPPathModifierType.ReplaceFullPath } full ? Rooted(full.ReplaceFullPath) : null,
    };

    private static RedirectAction RedirectTo(HTTPRequestRedirectFilterSpec spec) => new()
    {
        Scheme = spec.Scheme,
        Authority = spec.Hostname is { Length: > 0 } host ? host : null,
        Path = spec.Path is { Type: HTTPPathModifierType.ReplaceFullPath } full ? Rooted(full.ReplaceFullPath) : null,
        PrefixRewrite = spec.Path is { Type: HTTPPathModifierType.ReplacePrefixMatch } prefix ? prefix.ReplacePrefixMatch ?? "/" : null,

        // The port written, else the one of the scheme written, else the listener's.
        Port = spec.Port ?? spec.Scheme switch { "http" => 80, "https" => 443, _ => null },
        DerivePortFromRequest = spec.Port is null && spec.Scheme is null,
        StatusCode = spec.StatusCode,
    };

    private static string Rooted(string? path) => path is { Length: > 0 } && path[0] == '/' ? path : "/" + path;
}
