using Bookinfo.Services;

namespace Bookinfo.Productpage;

/// <summary>
/// The calls of productpage. Each of its clients gives up after three seconds; reviews is asked a second time when the first brings
/// nothing. That this makes six seconds is what Istio's page on fault injection shows, and that a timeout of 0.5 s in a rule makes one
/// second of it is on the page about request timeouts.
/// </summary>
internal sealed class BookClient(
    [FromKeyedServices("details")] HttpClient details, [FromKeyedServices("reviews")] HttpClient reviews, [FromKeyedServices("ratings")] HttpClient ratings, TimeProvider time)
{
    public Task<Answer<BookDetails>> DetailsAsync(int id, CancellationToken aborted) => AskAsync<BookDetails>(details, $"/details/{id}", 1, "product details", aborted);

    public Task<Answer<BookReviews>> ReviewsAsync(int id, CancellationToken aborted) => AskAsync<BookReviews>(reviews, $"/reviews/{id}", 2, "product reviews", aborted);

    public Task<Answer<BookRatings>> RatingsAsync(int id, CancellationToken aborted) => AskAsync<BookRatings>(ratings, $"/ratings/{id}", 1, "product ratings", aborted);

    private async Task<Answer<T>> AskAsync<T>(HttpClient client, string path, int tries, string what, CancellationToken aborted)
        where T : class
    {
        var start = time.GetTimestamp();
        var status = StatusCodes.Status500InternalServerError;
        for (var i = 0; i < tries; i++)
        {
            try
            {
                using var response = await client.GetAsync(new Uri(path, UriKind.Relative), aborted);
                if (response.IsSuccessStatusCode)
                {
                    return new Answer<T>(StatusCodes.Status200OK, await response.Content.ReadFromJsonAsync<T>(aborted), null, time.GetElapsedTime(start));
                }

                status = (int)response.StatusCode;
            }
            catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !aborted.IsCancellationRequested))
            {
                status = StatusCodes.Status500InternalServerError;
            }
        }

        return new Answer<T>(status, null, $"Sorry, {what} are currently unavailable for this book.", time.GetElapsedTime(start));
    }
}
