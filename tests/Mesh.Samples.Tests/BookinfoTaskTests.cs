using System.Net;
using Mesh.Samples.Tests.Running;

namespace Mesh.Samples.Tests;

/// <summary>Istio's task pages about traffic, followed on real processes: a file is put into the mesh folder, and the page of the book changes.</summary>
public sealed class BookinfoTaskTests
{
    private RunningBookinfo _bookinfo = null!;

    [OneTimeSetUp]
    public async Task Start() => _bookinfo = await RunningBookinfo.StartAsync();

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_bookinfo is not null)
        {
            await _bookinfo.DisposeAsync();
        }
    }

    [SetUp]
    public async Task Without_rules_all_versions_answer()
    {
        _bookinfo.RemoveRules();
        var seen = new HashSet<string>();
        await Eventually.IsTrueAsync(
            async () =>
            {
                seen.Add(await _bookinfo.VersionAsync());
                return seen.Count == 3;
            },
            "All three versions of reviews");
        await Eventually.IsTrueAsync(async () => (await _bookinfo.ReviewsAsync("jason")).Status == 200, "Reviews without a fault");
    }

    [Test]
    public async Task Request_routing_sends_all_to_version_1_and_jason_to_version_2()
    {
        _bookinfo.Apply("all-v1.yaml");
        await AllAsync("reviews-v1");
        await AllAsync("reviews-v1", "jason");

        _bookinfo.Apply("reviews-jason-v2.yaml");
        await AllAsync("reviews-v2", "jason");
        await AllAsync("reviews-v1");
        await AllAsync("reviews-v1", "Jason");
    }

    [Test]
    public async Task Fault_injection_finds_that_productpage_waits_less_than_reviews()
    {
        _bookinfo.Apply("all-v1.yaml");
        _bookinfo.Apply("reviews-jason-v2.yaml");
        _bookinfo.Apply("ratings-delay-jason.yaml");
        await Eventually.IsTrueAsync(async () => (await _bookinfo.ReviewsAsync("jason")).Status == 500, "The delay of 7 s");

        var start = TimeProvider.System.GetTimestamp();
        var (status, body) = await _bookinfo.ReviewsAsync("jason");

        Assert.That(TimeProvider.System.GetElapsedTime(start).TotalSeconds, Is.InRange(5.9, 9), "two tries of three seconds");
        Assert.That((status, (string)body["error"]!), Is.EqualTo((500, "Sorry, product reviews are currently unavailable for this book.")));
        Assert.That((await _bookinfo.ReviewsAsync()).Status, Is.EqualTo(200), "the others see nothing of it");
    }

    [Test]
    public async Task Fault_injection_aborts_ratings_for_jason_alone()
    {
        _bookinfo.Apply("all-v1.yaml");
        _bookinfo.Apply("reviews-v2.yaml");

        // Each process takes a file up in its own time, productpage perhaps after reviews.
        await AllAsync("reviews-v2");
        _bookinfo.Apply("ratings-abort-jason.yaml");

        var error = await Eventually.GetAsync(async () => (string?)(await _bookinfo.ReviewsAsync("jason")).Body["reviews"]?[0]?["rating"]?["error"], "The abort");

        Assert.That(error, Is.EqualTo("Ratings service is currently unavailable"));
        Assert.That((string?)(await _bookinfo.ReviewsAsync()).Body["reviews"]![0]!["rating"]!["color"], Is.EqualTo("black"));
    }

    [Test]
    public async Task Traffic_shifting_moves_half_and_then_all_to_version_3()
    {
        const int Visits = 200;
        _bookinfo.Apply("all-v1.yaml");
        await AllAsync("reviews-v1");

        _bookinfo.Apply("reviews-half-v3.yaml");
        await Eventually.IsTrueAsync(async () => await _bookinfo.VersionAsync() == "reviews-v3", "The first visit to version 3");
        var versions = new List<string>();
        for (var i = 0; i < Visits; i++)
        {
            versions.Add(await _bookinfo.VersionAsync());
        }

        // 100 expected, standard deviation 7.1; the bounds are five of them away.
        Assert.That(versions.Count(static v => v == "reviews-v3"), Is.InRange(65, 135));
        Assert.That(versions.Distinct(), Is.EquivalentTo(new[] { "reviews-v1", "reviews-v3" }));

        _bookinfo.Apply("reviews-v3.yaml");
        await AllAsync("reviews-v3");
        Assert.That((string?)(await _bookinfo.ReviewsAsync()).Body["reviews"]![0]!["rating"]!["color"], Is.EqualTo("red"));
    }

    [Test]
    public async Task A_request_timeout_of_half_a_second_shows_after_one_second()
    {
        _bookinfo.Apply("all-v1.yaml");
        _bookinfo.Apply("reviews-v2.yaml");
        _bookinfo.Apply("ratings-delay-2s.yaml");
        await AllAsync("reviews-v2", visits: 1);
        await Eventually.IsTrueAsync(async () => (await TimedReviewsAsync()) is { Status: 200, Seconds: > 1.9 }, "The delay of 2 s");

        _bookinfo.Apply("reviews-v2-timeout.yaml");
        await Eventually.IsTrueAsync(async () => (await _bookinfo.ReviewsAsync()).Status == 504, "The timeout");

        Assert.That((await TimedReviewsAsync()).Seconds, Is.InRange(0.95, 3), "productpage asks twice");
    }

    [Test]
    public async Task Circuit_breaking_answers_what_is_too_much_with_503()
    {
        _bookinfo.Apply("httpbin-limits.yaml");
        Assert.That(await _bookinfo.ToolAsync("curl", "-i", "http://httpbin:8000/get"), Does.Contain("200 OK").And.Contain("http://httpbin:8000/get"));

        Assert.That(await _bookinfo.ToolAsync("load", "-c", "1", "-n", "20", "http://httpbin:8000/get"), Does.Contain("Code 200 : 20 (100.0 %)"));
        Assert.That(await _bookinfo.ToolAsync("load", "-c", "5", "-n", "50", "http://httpbin:8000/delay/0.1"), Does.Contain("Code 200").And.Contain("Code 503"));
    }

    [Test]
    public async Task Mirroring_sends_a_copy_to_version_2_whose_answer_nobody_sees()
    {
        _bookinfo.Apply("httpbin-v1.yaml");
        await _bookinfo.ToolAsync("curl", "http://httpbin:8000/status/202");
        await LineAsync("httpbin-v1", "GET /status/202");
        Assert.That(_bookinfo.Process.Output, Has.None.Match(@"httpbin-v2 +\| GET /status/202"));

        _bookinfo.Apply("httpbin-mirror.yaml");

        // Nobody waits for a copy: the tool ends with its own answer, and a copy that has not left by then ends with it. So it asks until one has come.
        await Eventually.IsTrueAsync(
            async () =>
            {
                await _bookinfo.ToolAsync("curl", "http://httpbin:8000/status/203");
                return HasLine("httpbin-v2", "GET /status/203 203 host=httpbin-shadow:8000");
            },
            "The copy");
        await LineAsync("httpbin-v1", "GET /status/203 203 host=httpbin:8000");
    }

    [Test]
    public async Task The_file_saved_last_counts_and_a_mistake_changes_nothing()
    {
        _bookinfo.Apply("reviews-v3.yaml");
        await AllAsync("reviews-v3");
        _bookinfo.Apply("all-v1.yaml");
        await AllAsync("reviews-v1");

        _bookinfo.Apply("reviews-v3.yaml");
        await AllAsync("reviews-v3");

        _bookinfo.Write("reviews-v3.yaml", "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: reviews }\nspec:\n  hosts: [reviews]\n  http:\n  - ruote: []\n");
        var problem = await Eventually.GetAsync(
            async () => (await _bookinfo.StateAsync())["problems"]!.AsArray().Select(static p => (string)p!).FirstOrDefault(static p => p.Contains("ruote", StringComparison.Ordinal)), "The problem");
        Assert.That(problem, Does.Contain("reviews-v3.yaml:7:"));
        await AllAsync("reviews-v3");
    }

    [TestCase("productpage", "productpage-v1")]
    [TestCase("details", "details-v1")]
    [TestCase("reviews", "reviews-v3")]
    [TestCase("ratings", "ratings-v2")]
    public async Task Every_service_runs_as_a_process_of_its_own(string service, string instance)
    {
        var status = (await _bookinfo.StateAsync())["instances"]!.AsArray().Single(i => (string?)i!["name"] == instance)!;
        Assert.That((string?)status["service"], Is.EqualTo(service));
        Assert.That(SampleProcess.IsAlive((int)status["pid"]!), Is.True);
        Assert.That(_bookinfo.Process.Output, Has.Some.Match($@"{(int)status["pid"]!}\s+{instance}$"));
    }

    [Test]
    public async Task Signing_in_sends_the_name_along()
    {
        using var handler = new HttpClientHandler { UseCookies = true };
        using var browser = new HttpClient(handler) { BaseAddress = _bookinfo.Url };
        _bookinfo.Apply("reviews-jason-v2.yaml");
        await AllAsync("reviews-v1");

        using var form = new FormUrlEncodedContent([new("username", "jason"), new("passwd", "any")]);
        using var signedIn = await browser.PostAsync("/login", form);
        Assert.That(await signedIn.Content.ReadAsStringAsync(), Does.Contain("jason").And.Contain("reviews-v2").And.Contain("<title>Simple Bookstore App</title>"));

        using var signedOut = await browser.GetAsync("/logout");
        Assert.That(signedOut.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await signedOut.Content.ReadAsStringAsync(), Does.Contain("Sign in").And.Contain("reviews-v1"));
    }

    // A rule is in force once it has ruled; from then on it rules every visit.
    private async Task AllAsync(string version, string? endUser = null, int visits = 12)
    {
        var row = 0;
        await Eventually.IsTrueAsync(async () => (row = await _bookinfo.VersionAsync(endUser) == version ? row + 1 : 0) >= visits, $"{version} for {endUser ?? "everybody"}");
    }

    private async Task<(int Status, double Seconds)> TimedReviewsAsync()
    {
        var start = TimeProvider.System.GetTimestamp();
        var (status, _) = await _bookinfo.ReviewsAsync();
        return (status, TimeProvider.System.GetElapsedTime(start).TotalSeconds);
    }

    private Task LineAsync(string instance, string text) => Eventually.IsTrueAsync(() => Task.FromResult(HasLine(instance, text)), $"{instance}: {text}");

    private bool HasLine(string instance, string text) =>
        _bookinfo.Process.Output.Any(l => l.Contains(instance, StringComparison.Ordinal) && l.Contains(text, StringComparison.Ordinal));
}
