using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Shop.Storefront.Pages;

namespace Shop.Storefront;

/// <summary>What the page says about itself.</summary>
public sealed record PageContext(string Url, string MeshFolder);

/// <summary>Renders the page, and the parts of it that change by themselves so that the browser only has to put them in place.</summary>
internal sealed class PageRenderer(IServiceProvider services, ILoggerFactory logs, PageContext context)
{
    /// <summary>A component as an answer.</summary>
    public async Task<IResult> AnswerAsync<T>(Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where T : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var html = await renderer.Dispatcher.InvokeAsync(() => RenderAsync<T>(renderer, parameters));
        return Results.Content(html, "text/html", Encoding.UTF8, status);
    }

    /// <summary>HTML by the id of the element it belongs into.</summary>
    public async Task<Dictionary<string, string>> LiveAsync(ShopSnapshot shop)
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var parameters = new Dictionary<string, object?> { ["Shop"] = shop };
        return await renderer.Dispatcher.InvokeAsync(async () => new Dictionary<string, string>
        {
            ["chips"] = await RenderAsync<Chips>(renderer, parameters),
            ["books"] = await RenderAsync<Books>(renderer, parameters),
            ["split"] = await RenderAsync<Split>(renderer, parameters),
            ["load"] = await RenderAsync<Load>(renderer, parameters),
            ["traffic"] = await RenderAsync<Pages.Traffic>(renderer, parameters),
            ["events"] = await RenderAsync<Events>(renderer, parameters),
            ["try"] = await RenderAsync<TryNext>(renderer, new(parameters) { [nameof(TryNext.Context)] = context }),
        });
    }

    private static async Task<string> RenderAsync<T>(HtmlRenderer renderer, Dictionary<string, object?> parameters)
        where T : IComponent => (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString();
}
