namespace Shop.Services;

/// <summary>
/// Recommends products: version 1 the best sellers, version 2 (the canary) a personal choice. The details come from product-info,
/// through an HttpClient that knows no more than the name of that service.
/// </summary>
internal static class ProductRecommendationService
{
    public static async Task<int> RunAsync(ShopOptions options)
    {
        var builder = ServiceHost.CreateBuilder(options);
        builder.JoinMesh(options);
        builder.Services.AddMeshClient("product-info");

        await using var app = builder.Build();
        app.MapCallerReport();
        app.MapGet("/v1/product-recommendation", async ([FromKeyedServices("product-info")] HttpClient productInfo, CancellationToken cancellation) =>
        {
            var (title, ids) = options.Version == "v2"
                ? ("Picked for you", ["oolong", "white-peony", "sencha", "rooibos"])
                : ("Best sellers", new[] { "assam", "earl-grey", "sencha" });
            var (details, failure) = await Attempt.RunAsync(() => Task.WhenAll(
                ids.Select(id => productInfo.GetFromJsonAsync<ProductDetails>($"/v1/product-info?id={id}", cancellation))));
            return details is null
                ? Results.Problem($"product-info: {failure}", statusCode: StatusCodes.Status502BadGateway)
                : Results.Ok(new Recommendation(title, options.Version, options.Instance, details!));
        });
        await app.RunAsync();
        return 0;
    }
}
