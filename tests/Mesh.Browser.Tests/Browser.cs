using Mesh.Tests.Shared;
using Microsoft.Playwright;

namespace Mesh.Browser.Tests;

/// <summary>Debian's Chromium, without a window and without calling home.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Starts it; ends the test when there is none.</summary>
    public static async Task<Browser> StartAsync()
    {
        var executable = RealComponent.Require("chromium");
        var playwright = await Playwright.CreateAsync();
        return new Browser(playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = executable,
            Headless = true,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        }));
    }

    public Task<IPage> OpenAsync(Uri url, int width, int height, ColorScheme scheme = ColorScheme.Light, bool script = true) => OpenAsync(url, new()
    {
        ViewportSize = new() { Width = width, Height = height },
        ColorScheme = scheme,
        JavaScriptEnabled = script,
    });

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private async Task<IPage> OpenAsync(Uri url, BrowserNewPageOptions options)
    {
        var page = await _browser.NewPageAsync(options);
        await page.GotoAsync(url.ToString());
        return page;
    }
}
