using System.Text.RegularExpressions;
using Mesh.Samples.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mesh.Browser.Tests;

/// <summary>The shop's page as a visitor has it before his eyes. Pictures of it are left in artifacts/screenshots.</summary>
public sealed partial class ShopPageTests
{
    private static readonly LocatorAssertionsToContainTextOptions s_patience = new() { Timeout = 30_000 };

    private Browser _browser = null!;
    private RunningShop _shop = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _browser = await Browser.StartAsync();
        _shop = await RunningShop.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_shop is not null)
        {
            await _shop.DisposeAsync();
        }

        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
    }

    [TestCase(400, 860, ColorScheme.Light)]
    [TestCase(400, 860, ColorScheme.Dark)]
    [TestCase(1400, 1000, ColorScheme.Light)]
    [TestCase(1400, 1000, ColorScheme.Dark)]
    public async Task The_page_fits_its_window_and_its_table_fills(int width, int height, ColorScheme scheme)
    {
        var page = await _browser.OpenAsync(_shop.Url, width, height, scheme);

        await Expect(page.Locator("tr.instance")).ToHaveCountAsync(7);
        foreach (var service in new[] { "product-recommendation", "product-info", "orders" })
        {
            await Expect(page.Locator($"tr.service:has(th:text-is('{service}')) td[data-label=p50]")).ToContainTextAsync(" ms", s_patience);
        }

        await Expect(page.Locator("#split .badge.v1")).ToBeVisibleAsync();
        await PictureAsync(page, $"shop-{width}-{scheme}");
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
        Assert.That(await Overflowing(page), Is.Empty);
    }

    [TestCase(400)]
    [TestCase(1400)]
    public async Task Jason_sees_version_2_and_orders(int width)
    {
        var page = await _browser.OpenAsync(_shop.Url, width, 1000);

        await page.GetByText("as jason").ClickAsync();
        await Expect(page.Locator("#products .badge.v2")).ToBeVisibleAsync();
        await Expect(page.Locator("#products li")).ToHaveCountAsync(4);
        Assert.That(new Uri(page.Url).Query, Is.EqualTo("?as=jason"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Order Sencha" }).ClickAsync();
        await Expect(page.Locator("#order")).ToContainTextAsync("Sencha was taken by orders-");
        await Expect(page.Locator("#books")).ToContainTextAsync("none placed twice");
        await PictureAsync(page, $"shop-jason-{width}");
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
    }

    [Test]
    public async Task The_number_of_visitors_can_be_changed()
    {
        var page = await _browser.OpenAsync(_shop.Url, 1400, 1000);

        await page.Locator("#load button[value='5']").ClickAsync();

        await Expect(page.Locator("#load button[value='5'][aria-pressed=true]")).ToBeVisibleAsync();
        await Eventually.IsTrueAsync(async () => (int)(await _shop.StateAsync())["load"]! == 5, "A load of 5");
        await page.Locator("#load button[value='20']").ClickAsync();
        await Expect(page.Locator("#load button[value='20'][aria-pressed=true]")).ToBeVisibleAsync();
    }

    [Test]
    public async Task Without_script_the_page_works_too()
    {
        var page = await _browser.OpenAsync(new Uri(_shop.Url, "/?as=jason"), 1400, 1000, script: false);

        await Expect(page.Locator("#products .badge.v2")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Order Rooibos" }).ClickAsync();
        await Expect(page.Locator("#order")).ToContainTextAsync("Rooibos was taken by orders-");
    }

    [Test]
    public async Task A_killed_instance_is_seen_to_go_and_to_return()
    {
        var page = await _browser.OpenAsync(_shop.Url, 1400, 1000);
        await Expect(page.Locator("#events")).ToContainTextAsync("open", s_patience);
        var pid = (int)(await _shop.InstanceAsync("product-info-3"))["pid"]!;

        SampleProcess.Signal(pid, "KILL");

        await Expect(page.Locator("#events")).ToContainTextAsync($"product-info-3 (pid {pid}) has ended and will start again", s_patience);
        await PictureAsync(page, "shop-killed-1400");
        await Expect(page.Locator("#events")).ToContainTextAsync("product-info-3 runs again as pid", s_patience);
        await Expect(page.Locator("tr.instance.up")).ToHaveCountAsync(7, new() { Timeout = 30_000 });
    }

    // Text that a narrow box cuts off does not show in the page's own width.
    private static Task<string[]> Overflowing(IPage page) => page.EvaluateAsync<string[]>("""
        [...document.querySelectorAll('main *')].filter(e => !e.closest('.hidden, thead') && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
          && getComputedStyle(e).display !== 'inline').map(e => e.outerHTML.slice(0, 120))
        """);

    private static async Task PictureAsync(IPage page, string name)
    {
        var folder = Repository.PathOf("artifacts", "screenshots");
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, Unsafe().Replace(name.ToLowerInvariant(), "-") + ".png"), FullPage = true });
    }

    [GeneratedRegex("[^a-z0-9-]")]
    private static partial Regex Unsafe();
}
