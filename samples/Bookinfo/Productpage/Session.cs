using Bookinfo.Services;

namespace Bookinfo.Productpage;

/// <summary>
/// Who reads the page. Any name may sign in, with any password; a cookie keeps it, and from there it goes on as the header
/// <c>end-user</c>. A request that already has that header (curl) needs no cookie.
/// </summary>
internal static class Session
{
    private const string Cookie = "bookinfo-user";
    private const int LongestName = 40;

    public static void UseSession(this WebApplication app) => app.Use(static (http, next) =>
    {
        if (http.Request.Cookies[Cookie] is { } user && IsName(user))
        {
            http.Request.Headers[ForwardEndUser.Header] = user;
        }

        return next(http);
    });

    public static void MapSession(this WebApplication app)
    {
        app.MapPost("/login", static async (HttpContext http) =>
        {
            var user = (await http.Request.ReadFormAsync())["username"].ToString().Trim();
            if (IsName(user))
            {
                http.Response.Cookies.Append(Cookie, user, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax });
            }

            return Results.Redirect("/productpage");
        });
        app.MapGet("/logout", static (HttpContext http) =>
        {
            http.Response.Cookies.Delete(Cookie);
            return Results.Redirect("/productpage");
        });
    }

    /// <summary>The user, or null.</summary>
    public static string? UserOf(HttpContext http) => http.Request.Headers[ForwardEndUser.Header].ToString() is { Length: > 0 } user ? user : null;

    // It becomes the value of a header.
    private static bool IsName(string text) => text.Length is > 0 and <= LongestName && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '@');
}
