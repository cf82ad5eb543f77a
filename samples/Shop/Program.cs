using Shop;
using Shop.Running;
using Shop.Services;
using Shop.Storefront;

// One binary, five parts to play. Without --role it is the supervisor: it starts this same binary once per instance of the shop,
// each in an operating-system process of its own, and keeps them running.
if (!ShopOptions.TryParse(args, out var options, out var message))
{
    Console.WriteLine(message);
    return message == ShopOptions.Usage ? 0 : 2;
}

return options.Role switch
{
    null => await ShopRun.RunAsync(options),
    "storefront" => await StorefrontService.RunAsync(options),
    "product-recommendation" => await ProductRecommendationService.RunAsync(options),
    "product-info" => await ProductInfoService.RunAsync(options),
    "orders" => await OrdersService.RunAsync(options),
    var role => throw new InvalidOperationException($"There is no role '{role}'."),
};
