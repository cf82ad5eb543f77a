namespace Shop.Services;

/// <summary>Takes orders. Two instances; it calls nobody.</summary>
internal static class OrdersService
{
    public static async Task<int> RunAsync(ShopOptions options)
    {
        using var book = new OrderBook(options.RunFolder, options.Instance);
        await using var app = ServiceHost.CreateBuilder(options).Build();
        app.MapPost("/orders", (OrderRequest order) =>
        {
            if (!Catalog.Products.ContainsKey(order.ProductId))
            {
                return Results.NotFound();
            }

            book.Write(order);
            return Results.Ok(new OrderReceipt(order.OrderId, order.ProductId, options.Instance));
        });
        app.MapGet("/orders", () => OrderBook.Total(options.RunFolder));
        await app.RunAsync();
        return 0;
    }
}
