namespace Bookinfo.Services;

/// <summary>Tells author, publisher and numbers of a book. It calls nobody.</summary>
internal static class DetailsService
{
    public static async Task<int> RunAsync(BookinfoOptions options)
    {
        await using var app = ServiceHost.CreateBuilder(options).Build();
        app.MapGet("/details/{id:int}", (int id) => Book.Details with { Id = id });
        app.MapGet("/health", () => new { status = "Details is healthy" });
        await app.RunAsync();
        return 0;
    }
}
