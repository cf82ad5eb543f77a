using Shop.Services;

namespace Shop.Storefront;

/// <summary>The storefront's calls. Both clients know a name and nothing else; the mesh knows the rest.</summary>
internal sealed class ShopClient(
    [FromKeyedServices("product-recommendation")] HttpClient recommendations, [FromKeyedServices("orders")] HttpClient orders)
{
    /// <summary>Asks for recommendations, on behalf of a user when one is named.</summary>
    public async Task<Recommendation> RecommendAsync(string? endUser, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/product-recommendation");
        if (!string.IsNullOrEmpty(endUser))
        {
            request.Headers.TryAddWithoutValidation("end-user", endUser);
        }

        using var response = await recommendations.SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<Recommendation>(cancellation))!;
    }

    /// <summary>Places an order. The id is made here, once, so that a second arrival of the same order shows in the books.</summary>
    public async Task<OrderReceipt> OrderAsync(string productId, CancellationToken cancellation)
    {
        var order = new OrderRequest(Guid.NewGuid().ToString("N")[..12], productId);
        using var response = await orders.PostAsJsonAsync("/orders", order, cancellation);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<OrderReceipt>(cancellation))!;
    }
}
