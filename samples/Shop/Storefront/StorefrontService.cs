using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Shop.Services;
using Shop.Storefront.Pages;

namespace Shop.Storefront;

/// <summary>The shop's front: the page, the public path /v1/product-recommendation, and the live table. It is the edge: visitors come in here.</summary>
internal static class StorefrontService
{
    public static async Task<int> RunAsync(ShopOptions options)
    {
        var builder = ServiceHost.CreateBuilder(options);
        builder.JoinMesh(options);
        builder.Services.AddMeshClient("product-recommendation");
        builder.Services.AddMeshClient("orders");
        builder.Services.AddSingleton(new PageContext($"http://localhost:{options.Port}", UserPath.Display(options.MeshFolder)));
        builder.Services.AddTransient<ShopClient>();
        builder.Services.AddSingleton<LoadGenerator>().AddHostedService(s => s.GetRequiredService<LoadGenerator>());
        builder.Services.AddSingleton<ShopMonitor>().AddHostedService(s => s.GetRequiredService<ShopMonitor>());
        builder.Services.AddSingleton<PageRenderer>().AddSingleton<Page>();

        await using var app = builder.Build();
        app.MapCallerReport();
        app.MapAssets();

        app.MapGet("/", (HttpContext http, ShopClient shop, Page page, [FromQuery(Name = "as")] string? endUser) => page.AnswerAsync(http, shop, endUser));
        app.MapGet("/products", async (HttpContext http, ShopClient shop, PageRenderer renderer, [FromQuery(Name = "as")] string? endUser) =>
        {
            var (recommendation, failure) = await Attempt.RunAsync(() => shop.RecommendAsync(endUser, http.RequestAborted));
            return await renderer.AnswerAsync<Products>(new() { ["Recommendation"] = recommendation, ["Failure"] = failure, ["EndUser"] = endUser });
        });
        app.MapGet("/v1/product-recommendation", async (HttpContext http, ShopClient shop) =>
        {
            var (recommendation, failure) = await Attempt.RunAsync(() => shop.RecommendAsync(http.Request.Headers["end-user"], http.RequestAborted));
            return recommendation is null ? Results.Problem(failure, statusCode: StatusCodes.Status502BadGateway) : Results.Ok(recommendation);
        });
        app.MapPost("/orders", OrderAsync);
        app.MapPost("/load", async (HttpContext http, LoadGenerator load) =>
        {
            load.PerSecond = int.TryParse((await http.Request.ReadFormAsync())["rate"], out var rate) ? rate : load.PerSecond;
            return IsScript(http) ? Results.NoContent() : Results.Redirect("/");
        });
        app.MapGet("/live", (ShopMonitor monitor, PageRenderer renderer, IHostApplicationLifetime application, CancellationToken aborted) =>
            TypedResults.ServerSentEvents(LiveAsync(monitor, renderer, application.ApplicationStopping, aborted)));
        app.MapGet("/mesh/shop.json", (ShopMonitor monitor) => monitor.Current);
        await app.RunAsync();
        return 0;
    }

    // Three kinds of visitors: the page's script wants a fragment, a browser without script the page, curl the facts.
    private static async Task<IResult> OrderAsync(HttpContext http, ShopClient shop, Page page, PageRenderer renderer)
    {
        var product = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync())["product"].ToString() : "";
        if (!Catalog.Products.ContainsKey(product))
        {
            return Results.Problem($"There is no product '{product}'. Try one of: {string.Join(", ", Catalog.Products.Keys)}.", statusCode: StatusCodes.Status400BadRequest);
        }

        var (receipt, failure) = await Attempt.RunAsync(() => shop.OrderAsync(product, http.RequestAborted));
        return IsScript(http) ? await renderer.AnswerAsync<OrderResult>(new() { ["Receipt"] = receipt, ["Failure"] = failure })
            : http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal) ? await page.AnswerAsync(http, shop, null, receipt, failure)
            : receipt is null ? Results.Problem(failure, statusCode: StatusCodes.Status502BadGateway)
            : Results.Ok(receipt);
    }

    private static async IAsyncEnumerable<SseItem<Dictionary<string, string>>> LiveAsync(
        ShopMonitor monitor, PageRenderer renderer, CancellationToken stopping, [EnumeratorCancellation] CancellationToken aborted)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, aborted);
        while (!end.IsCancellationRequested)
        {
            var next = await monitor.NextAsync(end.Token).ContinueWith(static t => t.IsCompletedSuccessfully ? t.Result : null, TaskScheduler.Default);
            if (next is not null)
            {
                yield return new SseItem<Dictionary<string, string>>(await renderer.LiveAsync(next));
            }
        }
    }

    private static bool IsScript(HttpContext http) => http.Request.Headers.ContainsKey("x-fragment");
}
