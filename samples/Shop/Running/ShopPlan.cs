namespace Shop.Running;

/// <summary>Which instances the shop has. The storefront comes last: it starts when all that it calls is up.</summary>
internal static class ShopPlan
{
    public static PlannedInstance[] Make(int storefrontPort)
    {
        (string Service, string Name, string Version)[] shop =
        [
            ("product-recommendation", "product-recommendation-v1", "v1"),
            ("product-recommendation", "product-recommendation-v2", "v2"),
            ("product-info", "product-info-1", ""),
            ("product-info", "product-info-2", ""),
            ("product-info", "product-info-3", ""),
            ("orders", "orders-1", ""),
            ("orders", "orders-2", ""),
        ];
        var ports = FreePorts.Take(shop.Length);
        return [.. shop.Select((s, i) => new PlannedInstance(s.Service, s.Name, s.Version, ports[i])), new("storefront", "storefront", "", storefrontPort)];
    }
}
