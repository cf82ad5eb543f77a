using Mesh.Configuration.Reading;
using Mesh.Configuration.Schema;
using static Mesh.Configuration.GatewayApi.NameSchemas;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// The schema of session persistence. Releases before 1.5 had <c>sessionName</c>, <c>idleTimeout</c> and <c>cookieConfig</c> and did not
/// demand a cookie; a document in their words is held to their rules. Source: the CRDs of the experimental channel.
/// </summary>
internal static class SessionPersistenceSchema
{
    private static readonly ObjectSchema s_cookie = new()
    {
        { "name", HeaderName },
        { "path", TextOf(0, 1024) },
        { "lifetimeType", Word("Permanent", "Session") },
    };

    public static ObjectSchema Schema { get; } = new ObjectSchema
    {
        { "type", Word("Cookie", "Header") },
        { "absoluteTimeout", GepDuration },
        { "cookie", s_cookie },
        { "header", new ObjectSchema { { "name", HeaderName } }.Required("name") },
        { "sessionName", TextOf(0, 128) },
        { "idleTimeout", GepDuration },
        { "cookieConfig", s_cookie },
    }
        .Rule("AbsoluteTimeout must be specified when cookie lifetimeType is Permanent", static s => Cookie(s)?.TextAt("lifetimeType") != "Permanent" || s.Has("absoluteTimeout"))
        .Rule("cookie must be nil if type is not Cookie", static s => !s.Has("cookie") || Type(s) == "Cookie")
        .Rule("cookie must be specified for Cookie type", static s => Type(s) != "Cookie" || s.Has("cookie") || IsOlder(s))
        .Rule("header must be nil if type is not Header", static s => !s.Has("header") || Type(s) == "Header")
        .Rule("header must be specified for Header type", static s => Type(s) != "Header" || s.Has("header") || IsOlder(s));

    private static string Type(ConfigNode session) => session.TextAt("type") ?? "Cookie";

    private static ConfigNode? Cookie(ConfigNode session) => session.Field("cookie") ?? session.Field("cookieConfig");

    private static bool IsOlder(ConfigNode session) => session.CountOf("sessionName", "cookieConfig") > 0;
}
