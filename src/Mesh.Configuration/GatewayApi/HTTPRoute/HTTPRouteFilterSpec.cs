using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Something that is done to a request or its answer; the field named like <see cref="Type"/> says how. Source: Gateway API HTTPRouteFilter.</summary>
public sealed record HTTPRouteFilterSpec
{
    /// <summary>What is done.</summary>
    public required HTTPRouteFilterType Type { get; init; }

    /// <summary>Edits of the request headers.</summary>
    public HTTPHeaderFilterSpec? RequestHeaderModifier { get; init; }

    /// <summary>Edits of the response headers.</summary>
    public HTTPHeaderFilterSpec? ResponseHeaderModifier { get; init; }

    /// <summary>A copy.</summary>
    public HTTPRequestMirrorFilterSpec? RequestMirror { get; init; }

    /// <summary>A redirect.</summary>
    public HTTPRequestRedirectFilterSpec? RequestRedirect { get; init; }

    /// <summary>A change of host or path.</summary>
    public HTTPURLRewriteFilterSpec? UrlRewrite { get; init; }

    /// <summary>Cross-origin rules; only a gateway applies them.</summary>
    public HTTPCORSFilterSpec? Cors { get; init; }

    /// <summary>A question to an authorization server (experimental channel). Not supported: such requests are refused.</summary>
    public HTTPExternalAuthFilterSpec? ExternalAuth { get; init; }

    /// <summary>A filter of another implementation. None is known: such requests are answered with 500.</summary>
    public LocalObjectReferenceSpec? ExtensionRef { get; init; }
}

/// <summary>What a filter does.</summary>
public enum HTTPRouteFilterType
{
    /// <summary>Edits request headers.</summary>
    RequestHeaderModifier,

    /// <summary>Edits response headers.</summary>
    ResponseHeaderModifier,

    /// <summary>Sends copies.</summary>
    RequestMirror,

    /// <summary>Answers with a redirect.</summary>
    RequestRedirect,

    /// <summary>Changes host or path.</summary>
    URLRewrite,

    /// <summary>Calls on another implementation.</summary>
    ExtensionRef,

    /// <summary>Applies cross-origin rules.</summary>
    CORS,

    /// <summary>Asks an authorization server.</summary>
    ExternalAuth,
}

/// <summary>A header and its value.</summary>
/// <param name="Name">Name, compared without case.</param>
/// <param name="Value">Value.</param>
public sealed record HTTPHeaderSpec(string Name, string Value);

/// <summary>Edits of headers. Source: Gateway API HTTPHeaderFilter.</summary>
public sealed record HTTPHeaderFilterSpec
{
    /// <summary>Headers to overwrite or create.</summary>
    public ModelList<HTTPHeaderSpec> Set { get; init; } = [];

    /// <summary>Values to append.</summary>
    public ModelList<HTTPHeaderSpec> Add { get; init; } = [];

    /// <summary>Headers to delete.</summary>
    public ModelList<string> Remove { get; init; } = [];
}

/// <summary>Copies. Source: Gateway API HTTPRequestMirrorFilter.</summary>
public sealed record HTTPRequestMirrorFilterSpec
{
    /// <summary>Where copies go.</summary>
    public required BackendObjectReferenceSpec BackendRef { get; init; }

    /// <summary>Share of requests that are copied, 0–100; null: see <see cref="Fraction"/>.</summary>
    public int? Percent { get; init; }

    /// <summary>Share of requests that are copied; neither given: all.</summary>
    public FractionSpec? Fraction { get; init; }
}

/// <summary>A share.</summary>
public sealed record FractionSpec
{
    /// <summary>Upper part.</summary>
    public required int Numerator { get; init; }

    /// <summary>Lower part. Default 100.</summary>
    public int Denominator { get; init; } = 100;
}

/// <summary>A redirect. Source: Gateway API HTTPRequestRedirectFilter.</summary>
public sealed record HTTPRequestRedirectFilterSpec
{
    /// <summary><c>http</c> or <c>https</c>; null: the request's.</summary>
    public string? Scheme { get; init; }

    /// <summary>Host; null: the request's.</summary>
    public string? Hostname { get; init; }

    /// <summary>Path; null: the request's.</summary>
    public HTTPPathModifierSpec? Path { get; init; }

    /// <summary>Port; null: that of <see cref="Scheme"/> when it is given, else the listener's.</summary>
    public int? Port { get; init; }

    /// <summary>Status. Default 302.</summary>
    public int StatusCode { get; init; } = 302;
}

/// <summary>A change of host or path. Source: Gateway API HTTPURLRewriteFilter.</summary>
public sealed record HTTPURLRewriteFilterSpec
{
    /// <summary>New host; null: unchanged.</summary>
    public string? Hostname { get; init; }

    /// <summary>New path; null: unchanged.</summary>
    public HTTPPathModifierSpec? Path { get; init; }
}

/// <summary>A new path. Source: Gateway API HTTPPathModifier.</summary>
public sealed record HTTPPathModifierSpec
{
    /// <summary>How much is replaced.</summary>
    public required HTTPPathModifierType Type { get; init; }

    /// <summary>The whole new path.</summary>
    public string? ReplaceFullPath { get; init; }

    /// <summary>What stands in the place of the matched prefix, segment by segment.</summary>
    public string? ReplacePrefixMatch { get; init; }
}

/// <summary>How much of a path is replaced.</summary>
public enum HTTPPathModifierType
{
    /// <summary>All of it.</summary>
    ReplaceFullPath,

    /// <summary>The matched prefix.</summary>
    ReplacePrefixMatch,
}
