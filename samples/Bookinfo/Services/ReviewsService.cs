namespace Bookinfo.Services;

/// <summary>
/// Tells what readers say. Version 1 leaves ratings alone, version 2 shows them as black stars, version 3 as red ones. Version 2 waits 10 s
/// for ratings, which is longer than productpage waits for reviews: that is the mistake which Istio's page on fault injection finds, and
/// version 3, which waits 2.5 s, is the repair.
/// </summary>
internal static class ReviewsService
{
    public const string RatingsUnavailable = "Ratings service is currently unavailable";

    public static async Task<int> RunAsync(BookinfoOptions options)
    {
        var builder = ServiceHost.CreateBuilder(options);
        builder.JoinMesh(options);
        builder.AddServiceClient("ratings", options.Version == "v3" ? TimeSpan.FromSeconds(2.5) : TimeSpan.FromSeconds(10));

        await using var app = builder.Build();
        app.MapGet("/reviews/{id:int}", async (int id, [FromKeyedServices("ratings")] HttpClient client, CancellationToken cancellation) =>
        {
            var ratings = options.Version == "v1" ? null : await AskAsync(client, id, cancellation);
            return new BookReviews($"{id}", options.Instance, "", [.. Book.Reviews.Select(r => new Review(r.Reviewer, r.Text, Rate(r.Reviewer, ratings, options.Version)))]);
        });
        app.MapGet("/health", () => new { status = "Reviews is healthy" });
        await app.RunAsync();
        return 0;
    }

    private static Rating? Rate(string reviewer, BookRatings? ratings, string version) => version == "v1" ? null
        : ratings?.Ratings.TryGetValue(reviewer, out var stars) == true ? new Rating(stars, version == "v2" ? "black" : "red", null)
        : new Rating(null, null, RatingsUnavailable);

    private static async Task<BookRatings?> AskAsync(HttpClient ratings, int id, CancellationToken cancellation)
    {
        try
        {
            using var response = await ratings.GetAsync(new Uri($"/ratings/{id}", UriKind.Relative), cancellation);
            return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<BookRatings>(cancellation) : null;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // Not reachable, or not within the time: the page shows the reviews without stars.
            return null;
        }
    }
}
