using Microsoft.AspNetCore.Http.Extensions;

namespace Bookinfo.Services;

/// <summary>
/// The part of httpbin that Istio's pages on circuit breaking and mirroring use. Each request is a line of the console, as
/// <c>kubectl logs</c> shows it there: the only way to see that a mirrored request arrived.
/// </summary>
internal static class HttpbinService
{
    public static async Task<int> RunAsync(BookinfoOptions options)
    {
        await using var app = ServiceHost.CreateBuilder(options).Build();
        app.Use(static async (http, next) =>
        {
            await next(http);
            Console.WriteLine($"{http.Request.Method} {http.Request.GetEncodedPathAndQuery()} {http.Response.StatusCode} host={http.Request.Host}");
        });
        app.MapGet("/headers", static (HttpContext http) => new { headers = Headers(http) });
        app.MapGet("/ip", static (HttpContext http) => new { origin = http.Connection.RemoteIpAddress?.ToString() });
        app.MapGet("/delay/{seconds:double}", static async (double seconds, HttpContext http) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 10)), http.RequestAborted);
            return Results.Ok(new { url = http.Request.GetDisplayUrl(), headers = Headers(http) });
        });
        app.MapGet("/get", static (HttpContext http) => new { args = http.Request.Query.ToDictionary(static q => q.Key, static q => q.Value.ToString()), headers = Headers(http), url = http.Request.GetDisplayUrl() });
        app.MapPost("/post", static async (HttpContext http) => Results.Ok(new { data = await new StreamReader(http.Request.Body).ReadToEndAsync(), headers = Headers(http), url = http.Request.GetDisplayUrl() }));
        app.Map("/status/{code:int:range(200,599)}", static (int code) => Results.StatusCode(code));
        await app.RunAsync();
        return 0;
    }

    private static Dictionary<string, string> Headers(HttpContext http) => http.Request.Headers.ToDictionary(static h => h.Key, static h => h.Value.ToString());
}
