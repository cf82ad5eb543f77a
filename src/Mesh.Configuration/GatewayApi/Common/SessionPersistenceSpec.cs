namespace Mesh.Configuration.GatewayApi;

/// <summary>Keeps the requests of a client on one endpoint. Source: Gateway API SessionPersistence (GEP-1619, experimental channel).</summary>
public sealed record SessionPersistenceSpec
{
    /// <summary>Name of the cookie or header in releases before 1.5, which had no field of its own for each.</summary>
    public string? SessionName { get; init; }

    /// <summary>Longest life of a session.</summary>
    public TimeSpan? AbsoluteTimeout { get; init; }

    /// <summary>Longest pause between two requests of a session; releases before 1.5.</summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>What carries the session. Default <see cref="SessionPersistenceType.Cookie"/>.</summary>
    public SessionPersistenceType Type { get; init; }

    /// <summary>Settings of the cookie.</summary>
    public SessionCookieSpec? Cookie { get; init; }

    /// <summary>Settings of the header; required when <see cref="Type"/> is Header.</summary>
    public SessionHeaderSpec? Header { get; init; }
}

/// <summary>What carries a session.</summary>
public enum SessionPersistenceType
{
    /// <summary>A cookie.</summary>
    Cookie,

    /// <summary>A header that the client sends again.</summary>
    Header,
}

/// <summary>The cookie of a session. Source: Gateway API CookieConfig.</summary>
public sealed record SessionCookieSpec
{
    /// <summary>Name; null: one of the mesh's own.</summary>
    public string? Name { get; init; }

    /// <summary>Path of the cookie. Default <c>/</c>.</summary>
    public string Path { get; init; } = "/";

    /// <summary>How long the client keeps it. Default <see cref="CookieLifetimeType.Session"/>.</summary>
    public CookieLifetimeType LifetimeType { get; init; }
}

/// <summary>How long a client keeps a cookie.</summary>
public enum CookieLifetimeType
{
    /// <summary>Until the client ends its session.</summary>
    Session,

    /// <summary>For <see cref="SessionPersistenceSpec.AbsoluteTimeout"/>.</summary>
    Permanent,
}

/// <summary>The header of a session.</summary>
/// <param name="Name">Name.</param>
public sealed record SessionHeaderSpec(string Name);
