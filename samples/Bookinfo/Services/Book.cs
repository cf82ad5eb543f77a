using System.Text.Json.Serialization;

namespace Bookinfo.Services;

/// <summary>What productpage knows of a book by itself.</summary>
public sealed record Product(int Id, string Title, string DescriptionHtml);

/// <summary>What details answers.</summary>
public sealed record BookDetails(
    int Id, string Author, int Year, string Type, int Pages, string Publisher, string Language,
    [property: JsonPropertyName("ISBN-10")] string Isbn10, [property: JsonPropertyName("ISBN-13")] string Isbn13);

/// <summary>What ratings answers: stars by reviewer.</summary>
public sealed record BookRatings(int Id, IReadOnlyDictionary<string, int> Ratings);

/// <summary>What reviews answers. <paramref name="Podname"/> is the instance.</summary>
public sealed record BookReviews(string Id, string Podname, string Clustername, IReadOnlyList<Review> Reviews);

/// <summary>One review; version 1 has no rating.</summary>
public sealed record Review(string Reviewer, string Text, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Rating? Rating);

/// <summary>Stars, or why there are none.</summary>
public sealed record Rating(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Stars,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Color,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error);

/// <summary>The one book that is in stock.</summary>
internal static class Book
{
    public static Product Product { get; } = new(
        0, "The Comedy of Errors",
        "Two pairs of twins, parted by a shipwreck as children, walk the same streets of Ephesus on the same day, and the town takes each for the other.");

    public static BookDetails Details { get; } = new(
        0, "William Shakespeare", 1595, "paperback", 200, "PublisherA", "English", "1234567890", "123-1234567890");

    public static BookRatings Ratings { get; } = new(0, new Dictionary<string, int> { ["Reviewer1"] = 5, ["Reviewer2"] = 4 });

    public static (string Reviewer, string Text)[] Reviews { get; } =
    [
        ("Reviewer1", "I laughed on every page. The scene with the chain alone is worth the price."),
        ("Reviewer2", "Great fun from beginning to end, if not as deep as the plays that came after it."),
    ];
}
