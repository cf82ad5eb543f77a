namespace Shop.Services;

/// <summary>What product-info tells of a product.</summary>
public sealed record ProductDetails(string Id, string Name, string Origin, string Note, string Price, string Icon, string ServedBy);

/// <summary>What product-recommendation answers.</summary>
public sealed record Recommendation(string Title, string Version, string ServedBy, ProductDetails[] Products);

/// <summary>An order as the storefront sends it. The id is the caller's: the same id twice is the same order twice.</summary>
internal sealed record OrderRequest(string OrderId, string ProductId);

/// <summary>What orders answers.</summary>
public sealed record OrderReceipt(string OrderId, string ProductId, string ServedBy);

/// <summary>The goods.</summary>
internal static class Catalog
{
    public static IReadOnlyDictionary<string, ProductDetails> Products { get; } = new ProductDetails[]
    {
        new("sencha", "Sencha", "Uji, Japan", "Steamed green tea, grassy and bright", "€ 9.80", "leaf", ""),
        new("assam", "Assam", "Brahmaputra valley, India", "Malty breakfast tea that takes milk", "€ 7.20", "cup", ""),
        new("earl-grey", "Earl Grey", "Calabrian bergamot", "Black tea with citrus oil, nothing else", "€ 8.10", "citrus", ""),
        new("oolong", "Dong Ding", "Nantou, Taiwan", "Half-fermented, roasted over charcoal", "€ 14.50", "mountain", ""),
        new("white-peony", "White Peony", "Fuding, China", "Two leaves and a bud, dried in the sun", "€ 12.90", "flower", ""),
        new("rooibos", "Rooibos", "Cederberg, South Africa", "No caffeine, notes of honey", "€ 6.40", "sun", ""),
    }.ToDictionary(p => p.Id);
}
