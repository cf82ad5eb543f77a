using Mesh.Samples.Tests.Running;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Mesh.Browser.Tests;

/// <summary>Bookinfo's page as a reader has it before his eyes. Pictures of it are left in artifacts/screenshots.</summary>
public sealed class BookinfoPageTests
{
    private static readonly LocatorAssertionsToBeVisibleOptions s_patience = new() { Timeout = 30_000 };

    private Browser _browser = null!;
    private RunningBookinfo _bookinfo = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _browser = await Browser.StartAsync();
        _bookinfo = await RunningBookinfo.StartAsync();
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_bookinfo is not null)
        {
            await _bookinfo.DisposeAsync();
        }

        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
    }

    [SetUp]
    public void RemoveRules() => _bookinfo.RemoveRules();

    [TestCase(400, 860, ColorScheme.Light, "v1", 0)]
    [TestCase(400, 860, ColorScheme.Light, "v2", 2)]
    [TestCase(400, 860, ColorScheme.Dark, "v3", 2)]
    [TestCase(1400, 900, ColorScheme.Light, "v1", 0)]
    [TestCase(1400, 900, ColorScheme.Dark, "v2", 2)]
    [TestCase(1400, 900, ColorScheme.Light, "v3", 2)]
    public async Task The_page_shows_the_stars_of_its_version_and_fits_its_window(int width, int height, ColorScheme scheme, string version, int ratings)
    {
        await PutAsync(Reviews(version), async () => await _bookinfo.VersionAsync() == $"reviews-{version}");

        var page = await _browser.OpenAsync(_bookinfo.Url, width, height, scheme);

        await Expect(page.Locator(".reviews li")).ToHaveCountAsync(2);
        await Expect(page.Locator(version == "v3" ? ".stars.red" : ".stars.black")).ToHaveCountAsync(ratings);
        await Expect(page.Locator("#details dd").First).ToHaveTextAsync("William Shakespeare");
        await AssertFitsAsync(page, width, $"bookinfo-{version}-{width}-{scheme}");
    }

    [TestCase(400)]
    [TestCase(1400)]
    public async Task Jason_signs_in_and_sees_version_2(int width)
    {
        _bookinfo.Apply("all-v1.yaml");
        _bookinfo.Apply("reviews-jason-v2.yaml");
        await Eventually.IsTrueAsync(async () => await _bookinfo.VersionAsync("jason") == "reviews-v2", "jason on version 2");
        var page = await _browser.OpenAsync(_bookinfo.Url, width, 900);

        await page.GetByText("Sign in").First.ClickAsync();
        await page.GetByLabel("User Name").FillAsync("jason");
        await AssertFitsAsync(page, width, $"bookinfo-sign-in-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Expect(page.Locator(".user")).ToContainTextAsync("jason");
        await Expect(page.Locator(".stars.black")).ToHaveCountAsync(2);
        await page.GetByText("sign out").ClickAsync();
        await Expect(page.Locator(".served", new() { HasText = "reviews-v1" })).ToBeVisibleAsync(s_patience);
    }

    [TestCase(400)]
    [TestCase(1400)]
    public async Task What_fails_is_said_in_its_place(int width)
    {
        await PutAsync(
            Fault("reviews", 503) + "---\n" + Fault("details", 500) + "---\nkind: VirtualService\napiVersion: networking.istio.io/v1\nmetadata: { name: wrong }\nspec: { hots: [a] }\n",
            async () => (await _bookinfo.ReviewsAsync()).Status == 503);

        var page = await _browser.OpenAsync(_bookinfo.Url, width, 900);

        await Expect(page.Locator("#reviews")).ToContainTextAsync("Error fetching product reviews!");
        await Expect(page.Locator("#reviews")).ToContainTextAsync("Sorry, product reviews are currently unavailable for this book.");
        await Expect(page.Locator("#details")).ToContainTextAsync("Error fetching product details!");
        await Expect(page.Locator(".problems")).ToContainTextAsync("hots");
        await AssertFitsAsync(page, width, $"bookinfo-failing-{width}");
    }

    [Test]
    public async Task Ratings_that_fail_leave_the_reviews_standing()
    {
        _bookinfo.Apply("reviews-v2.yaml");
        _bookinfo.Write("ratings.yaml", Fault("ratings", 500));
        await Eventually.IsTrueAsync(async () => (string?)(await _bookinfo.ReviewsAsync()).Body["reviews"]?[0]?["rating"]?["error"] is not null, "The fault");

        var page = await _browser.OpenAsync(_bookinfo.Url, 400, 860);

        await Expect(page.GetByText("Ratings service is currently unavailable")).ToHaveCountAsync(2);
        await AssertFitsAsync(page, 400, "bookinfo-no-ratings-400");
    }

    private static string Reviews(string version) =>
        $"apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{ name: reviews }}\nspec:\n  hosts: [reviews]\n  http:\n  - route: [{{ destination: {{ host: reviews, subset: {version} }} }}]\n";

    private static string Fault(string service, int status) =>
        $"apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: {{ name: {service} }}\nspec:\n  hosts: [{service}]\n  http:\n  - fault: {{ abort: {{ httpStatus: {status}, percentage: {{ value: 100 }} }} }}\n    route: [{{ destination: {{ host: {service} }} }}]\n";

    private async Task PutAsync(string yaml, Func<Task<bool>> isInForce)
    {
        _bookinfo.Write("rules.yaml", yaml);
        var row = 0;
        await Eventually.IsTrueAsync(async () => (row = await isInForce() ? row + 1 : 0) >= 8, "The rules in force");
    }

    private static async Task AssertFitsAsync(IPage page, int width, string name)
    {
        await page.ScreenshotAsync(new() { Path = Repository.PathOf("artifacts", "screenshots", $"{name.ToLowerInvariant()}.png"), FullPage = true });
        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.LessThanOrEqualTo(width));
    }
}
