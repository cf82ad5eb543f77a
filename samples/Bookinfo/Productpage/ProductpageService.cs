using Bookinfo.Configuration;
using Bookinfo.Services;
using Mesh.Client;

namespace Bookinfo.Productpage;

/// <summary>The page of the book, and the same facts as JSON. It asks details and reviews, and gives each of them three seconds.</summary>
internal static class ProductpageService
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(BookinfoOptions options)
    {
        var builder = ServiceHost.CreateBuilder(options);
        builder.JoinMesh(options);
        builder.AddServiceClient("details", s_patience);
        builder.AddServiceClient("reviews", s_patience);
        builder.AddServiceClient("ratings", s_patience);
        builder.Services.AddTransient<BookClient>();
        builder.Services.AddSingleton<PageRenderer>();

        await using var app = builder.Build();
        app.UseSession();
        app.MapSession();
        app.MapGet("/", static () => Results.Redirect("/productpage"));
        app.MapGet("/productpage", static (HttpContext http, BookClient book, PageRenderer page) => page.AnswerAsync(http, book));
        app.MapGet("/app.css", static () => Results.Stream(typeof(ProductpageService).Assembly.GetManifestResourceStream("app.css")!, "text/css; charset=utf-8"));
        app.MapGet("/health", static () => "Product page is healthy");
        app.MapGet("/api/v1/products", static () => new[] { Book.Product });
        app.MapGet("/api/v1/products/{id:int}", static async (int id, BookClient book, CancellationToken aborted) => (await book.DetailsAsync(id, aborted)).ToResult());
        app.MapGet("/api/v1/products/{id:int}/reviews", static async (int id, BookClient book, CancellationToken aborted) => (await book.ReviewsAsync(id, aborted)).ToResult());
        app.MapGet("/api/v1/products/{id:int}/ratings", static async (int id, BookClient book, CancellationToken aborted) => (await book.RatingsAsync(id, aborted)).ToResult());
        app.MapGet("/mesh/bookinfo.json", (IServiceMesh mesh) => new BookinfoRunInfo(options.RunFolder, options.MeshPaths, options.RegistryOnly)
        {
            Instances = RunFolder.ReadStatus(options.RunFolder),
            ConfigVersion = mesh.ConfigVersion,
            Problems = [.. mesh.Problems.Select(static p => p.ToString())],
        });
        await app.RunAsync();
        return 0;
    }
}
