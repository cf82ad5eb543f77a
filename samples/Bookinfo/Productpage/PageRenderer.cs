using System.Text;
using Bookinfo.Productpage.Pages;
using Bookinfo.Services;
using Mesh.Client;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Bookinfo.Productpage;

/// <summary>Renders the page. Its status is 200 also when a part is missing, as with Bookinfo: the part says so.</summary>
internal sealed class PageRenderer(IServiceProvider services, ILoggerFactory logs, IServiceMesh mesh, BookinfoOptions options)
{
    public async Task<IResult> AnswerAsync(HttpContext http, BookClient book)
    {
        // One after the other, as Bookinfo asks: the page is as slow as both together.
        var details = await book.DetailsAsync(Book.Product.Id, http.RequestAborted);
        var reviews = await book.ReviewsAsync(Book.Product.Id, http.RequestAborted);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(ProductPage.Product)] = Book.Product,
            [nameof(ProductPage.Details)] = details,
            [nameof(ProductPage.Reviews)] = reviews,
            [nameof(ProductPage.User)] = Session.UserOf(http),
            [nameof(ProductPage.Rules)] = string.Join(", ", options.MeshPaths.Select(UserPath.Display)),
            [nameof(ProductPage.Problems)] = mesh.Problems.Select(p => (p with { Source = p.Source is null ? null : UserPath.Display(p.Source) }).ToString()).ToArray(),
        });
        await using var renderer = new HtmlRenderer(services, logs);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<ProductPage>(parameters)).ToHtmlString());
        return Results.Content(html, "text/html", Encoding.UTF8);
    }
}
