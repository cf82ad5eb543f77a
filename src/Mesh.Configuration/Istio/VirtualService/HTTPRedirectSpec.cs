namespace Mesh.Configuration.Istio;

/// <summary>An answer with a redirect. Source: Istio HTTPRedirect.</summary>
public sealed record HTTPRedirectSpec
{
    /// <summary>New path; the query is kept unless this has one. Null: the request's path.</summary>
    public string? Uri { get; init; }

    /// <summary>Replaces only the matched prefix; excludes <see cref="Uri"/>.</summary>
    public string? PrefixRewrite { get; init; }

    /// <summary>New host; null: the request's.</summary>
    public string? Authority { get; init; }

    /// <summary>New port; excludes <see cref="DerivePort"/>.</summary>
    public int? Port { get; init; }

    /// <summary>Where the port comes from. Default: from the scheme.</summary>
    public RedirectPortSelection? DerivePort { get; init; }

    /// <summary>New scheme; null: the request's.</summary>
    public string? Scheme { get; init; }

    /// <summary>301 (default), 302, 303, 307 or 308.</summary>
    public int? RedirectCode { get; init; }
}

/// <summary>Where the port of a redirect comes from.</summary>
public enum RedirectPortSelection
{
    /// <summary><c>FROM_PROTOCOL_DEFAULT</c>: 80 or 443, by the scheme.</summary>
    FromProtocolDefault,

    /// <summary><c>FROM_REQUEST_PORT</c>: the port of the request.</summary>
    FromRequestPort,
}

/// <summary>An answer with a fixed status and body. Source: Istio HTTPDirectResponse.</summary>
public sealed record HTTPDirectResponseSpec
{
    /// <summary>Status, 200–599.</summary>
    public required int Status { get; init; }

    /// <summary>Body; null: empty.</summary>
    public HTTPBodySpec? Body { get; init; }
}

/// <summary>A body, as text or as bytes. Source: Istio HTTPBody.</summary>
public sealed record HTTPBodySpec
{
    /// <summary>Body as text.</summary>
    public string? String { get; init; }

    /// <summary>Body as base64.</summary>
    public string? Bytes { get; init; }
}
