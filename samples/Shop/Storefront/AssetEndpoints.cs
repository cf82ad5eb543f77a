namespace Shop.Storefront;

/// <summary>The style sheet and the script, which travel inside the assembly.</summary>
internal static class AssetEndpoints
{
    public static void MapAssets(this WebApplication app)
    {
        Map(app, "app.css", "text/css");
        Map(app, "app.js", "text/javascript");
    }

    private static void Map(WebApplication app, string name, string type) => app.MapGet($"/{name}", (HttpContext http) =>
    {
        http.Response.Headers.CacheControl = "no-cache";
        return Results.Stream(typeof(AssetEndpoints).Assembly.GetManifestResourceStream(name)!, $"{type}; charset=utf-8");
    });
}
