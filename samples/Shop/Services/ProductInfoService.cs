namespace Shop.Services;

/// <summary>Tells name, origin and price of a product. Three instances; it calls nobody.</summary>
internal static class ProductInfoService
{
    public static async Task<int> RunAsync(ShopOptions options)
    {
        await using var app = ServiceHost.CreateBuilder(options).Build();
        app.MapGet("/v1/product-info", (string id) => Catalog.Products.TryGetValue(id, out var product)
            ? Results.Ok(product with { ServedBy = options.Instance })
            : Results.NotFound());
        await app.RunAsync();
        return 0;
    }
}
