using Shop.Services;
using Shop.Storefront.Pages;

namespace Shop.Storefront;

/// <summary>The whole page. When no recommendation is to be had it says so, with status 502.</summary>
internal sealed class Page(ShopMonitor monitor, PageRenderer renderer, PageContext context)
{
    public async Task<IResult> AnswerAsync(HttpContext http, ShopClient shop, string? endUser, OrderReceipt? receipt = null, string? orderFailure = null)
    {
        var (recommendation, failure) = await Attempt.RunAsync(() => shop.RecommendAsync(endUser, http.RequestAborted));
        var parameters = new Dictionary<string, object?>
        {
            [nameof(ShopPage.Shop)] = monitor.Current,
            [nameof(ShopPage.Context)] = context,
            [nameof(ShopPage.Recommendation)] = recommendation,
            [nameof(ShopPage.Failure)] = failure,
            [nameof(ShopPage.EndUser)] = endUser,
            [nameof(ShopPage.Receipt)] = receipt,
            [nameof(ShopPage.OrderFailure)] = orderFailure,
        };
        return await renderer.AnswerAsync<ShopPage>(parameters, recommendation is null ? StatusCodes.Status502BadGateway : StatusCodes.Status200OK);
    }
}
