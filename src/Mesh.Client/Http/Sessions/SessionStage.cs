using System.Net;
using Mesh.Client.Compile;
using Mesh.Client.Runtime;
using Mesh.Model;

namespace Mesh.Client.Http.Sessions;

/// <summary>
/// Finds the session of a request and writes those of answers. A live session beats weights, also a weight of 0; when it is over, its
/// endpoint gone or not well, the request is balanced like any other and a new session begins. Source: GATEWAY_API §9 (GEP-1619).
/// </summary>
internal static class SessionStage
{
    private static readonly ModelList<CookieAttribute> s_plain = [new CookieAttribute("SameSite", "Strict")];
    private static readonly ModelList<CookieAttribute> s_secure = [new CookieAttribute("SameSite", "Strict"), new CookieAttribute("Secure", "")];

    /// <summary>The session of a request; null when it has none that is alive.</summary>
    public static KeptSession? Find(CompiledRoute route, HttpRequestMessage request, CookieContainer? jar, DateTimeOffset now)
    {
        var session = route.Session!;
        if (!SessionToken.TryParse(Read(session, request, jar), out var token) || token.Rule != session.RuleId || IsOver(session.Policy, token, now.ToUnixTimeSeconds()))
        {
            return null;
        }

        return Find(route.Destinations, token) ?? Find(route.Resting, token);
    }

    /// <summary>Writes the session into an answer, unless the caller has it already.</summary>
    public static void Issue(CompiledSession session, KeptSession? kept, CompiledDestination destination, EndpointState endpoint, HttpResponseMessage response, Uri uri, DateTimeOffset now)
    {
        var isSame = kept is not null && ReferenceEquals(kept.Endpoint, endpoint);
        if (isSame && session.Policy.IdleTimeout is null)
        {
            return;
        }

        var time = now.ToUnixTimeSeconds();
        var token = new SessionToken(session.RuleId, destination.SessionId, endpoint.Name, isSame ? kept!.Token.Began : time, time).Format();
        if (session.Policy.UsesHeader)
        {
            response.Headers.Remove(session.Name);
            response.Headers.TryAddWithoutValidation(session.Name, token);
            return;
        }

        // A session cookie says nothing of time: its bounds are kept here.
        var lifetime = session.Policy is { IsPermanent: true, AbsoluteTimeout: { } absolute } ? absolute - (isSame ? now - DateTimeOffset.FromUnixTimeSeconds(kept!.Token.Began) : TimeSpan.Zero) : TimeSpan.Zero;
        response.Headers.TryAddWithoutValidation("Set-Cookie", CookieText.SetCookie(session.Name, token, lifetime, session.Policy.Path, uri.Scheme == Uri.UriSchemeHttps ? s_secure : s_plain));
    }

    private static string? Read(CompiledSession session, HttpRequestMessage request, CookieContainer? jar)
    {
        if (session.Policy.UsesHeader)
        {
            return request.Headers.NonValidated.TryGetValues(session.Name, out var values) ? values.ToString() : null;
        }

        return CookieText.Find(request, session.Name)
            ?? (jar is { Count: > 0 } ? jar.GetCookies(request.RequestUri!)[session.Name]?.Value.Trim('"') : null);
    }

    private static bool IsOver(SessionPersistence policy, SessionToken token, long now) =>
        (policy.AbsoluteTimeout is { } absolute && now - token.Began >= (long)absolute.TotalSeconds)
        || (policy.IdleTimeout is { } idle && now - token.Used >= (long)idle.TotalSeconds);

    private static KeptSession? Find(ReadOnlySpan<CompiledDestination> destinations, SessionToken token)
    {
        foreach (var destination in destinations)
        {
            if (destination.Cluster is BoundCluster cluster && destination.SessionId == token.Cluster)
            {
                foreach (var endpoint in cluster.Set.All)
                {
                    if (endpoint.Name == token.Endpoint)
                    {
                        return new KeptSession(token, destination, endpoint);
                    }
                }
            }
        }

        return null;
    }
}
