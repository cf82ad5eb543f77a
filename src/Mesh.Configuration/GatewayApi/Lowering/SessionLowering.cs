using Mesh.Model;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Makes session persistence. Two rules never share a session, so a cookie without a name gets one of its rule. Source: GATEWAY_API §9, GEP-1619.</summary>
internal static class SessionLowering
{
    public static SessionPersistence? Lower(SessionPersistenceSpec? spec) => spec is null ? null : new SessionPersistence
    {
        UsesHeader = spec.Type == SessionPersistenceType.Header,
        Name = (spec.Type == SessionPersistenceType.Header ? spec.Header?.Name : spec.Cookie?.Name) ?? spec.SessionName,
        Path = spec.Cookie?.Path ?? "/",
        IsPermanent = spec.Cookie?.LifetimeType == CookieLifetimeType.Permanent,
        AbsoluteTimeout = spec.AbsoluteTimeout is { Ticks: > 0 } absolute ? absolute : null,
        IdleTimeout = spec.IdleTimeout is { Ticks: > 0 } idle ? idle : null,
    };
}
