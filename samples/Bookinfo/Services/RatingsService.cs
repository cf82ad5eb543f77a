using System.Text.Json;

namespace Bookinfo.Services;

/// <summary>
/// Tells the stars of a book. Version 1 knows them by heart; version 2 reads them from a database, here a file of this run, so that an
/// edit of it shows on the page.
/// </summary>
internal static class RatingsService
{
    public const string Database = "ratings.json";

    public static async Task<int> RunAsync(BookinfoOptions options)
    {
        await using var app = ServiceHost.CreateBuilder(options).Build();
        app.MapGet("/ratings/{id:int}", async (int id) =>
        {
            var ratings = options.Version == "v1" ? Book.Ratings.Ratings : await ReadAsync(options.RunFolder);
            return ratings is null
                ? Results.Json(new { error = "could not load ratings from database" }, statusCode: StatusCodes.Status500InternalServerError)
                : Results.Ok(new BookRatings(id, ratings));
        });
        app.MapGet("/health", () => new { status = "Ratings is healthy" });
        await app.RunAsync();
        return 0;
    }

    /// <summary>Creates the database of a run.</summary>
    public static void CreateDatabase(string runFolder) =>
        File.WriteAllText(Path.Combine(runFolder, Database), JsonSerializer.Serialize(Book.Ratings.Ratings));

    private static async Task<IReadOnlyDictionary<string, int>?> ReadAsync(string runFolder)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, int>>(await File.ReadAllTextAsync(Path.Combine(runFolder, Database)));
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }
}
