namespace Mesh.Configuration.Istio;

/// <summary>Changes path or authority before forwarding. Source: Istio HTTPRewrite.</summary>
public sealed record HTTPRewriteSpec
{
    /// <summary>Replaces the matched prefix, or the whole path on an exact or regex match.</summary>
    public string? Uri { get; init; }

    /// <summary>New authority; wins over header edits.</summary>
    public string? Authority { get; init; }

    /// <summary>Substitution by expression; excludes <see cref="Uri"/>.</summary>
    public RegexRewriteSpec? UriRegexRewrite { get; init; }
}

/// <summary>Substitution in the path. Source: Istio RegexRewrite.</summary>
public sealed record RegexRewriteSpec
{
    /// <summary>RE2 expression looked for anywhere in the path.</summary>
    public required string Match { get; init; }

    /// <summary>Replacement, with <c>\1</c> for the first group.</summary>
    public required string Rewrite { get; init; }
}
