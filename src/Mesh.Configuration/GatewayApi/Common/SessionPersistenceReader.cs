using Mesh.Configuration.Reading;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Reads session persistence, also as releases before 1.5 wrote it (<c>sessionName</c>, <c>cookieConfig</c>).</summary>
internal static class SessionPersistenceReader
{
    public static SessionPersistenceSpec Read(ObjectReader reader)
    {
        reader.OneOf("cookie", "cookieConfig");
        return new SessionPersistenceSpec
        {
            SessionName = reader.String("sessionName"),
            AbsoluteTimeout = reader.GatewayDuration("absoluteTimeout"),
            IdleTimeout = reader.GatewayDuration("idleTimeout"),
            Type = reader.Choice<SessionPersistenceType>("type") ?? SessionPersistenceType.Cookie,
            Cookie = reader.Object("cookie", Cookie) ?? reader.Object("cookieConfig", Cookie),
            Header = reader.Object("header", static r => new SessionHeaderSpec(r.RequiredString("name"))),
        };
    }

    private static SessionCookieSpec Cookie(ObjectReader reader) => new()
    {
        Name = reader.String("name"),
        Path = reader.String("path") ?? "/",
        LifetimeType = reader.Choice<CookieLifetimeType>("lifetimeType") ?? CookieLifetimeType.Session,
    };
}
