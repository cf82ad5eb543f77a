using System.Diagnostics;
using System.Net;
using Mesh.Testing;

namespace Mesh.FunctionalTests.Failures;

/// <summary>What a caller sees of servers that die, hang, crawl and break off.</summary>
public sealed class FailureTests
{
    private const string RoundRobin = "loadBalancer: { simple: ROUND_ROBIN }";

    private LoopbackServer _one = null!;
    private LoopbackServer _two = null!;

    [SetUp]
    public async Task Start()
    {
        _one = await LoopbackServer.StartAsync(new LoopbackServerOptions { Name = "one" });
        _two = await LoopbackServer.StartAsync(new LoopbackServerOptions { Name = "two" });
    }

    [TearDown]
    public async Task Stop()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    private Task<FunctionalMesh> BothAsync(string policy = RoundRobin, string routes = "") =>
        FunctionalMesh.StartAsync(Yaml.Service("catalog", _one, _two) + Yaml.Policy("catalog", policy) + routes);

    [Test]
    public async Task A_killed_server_is_passed_over_and_used_again_after_its_restart()
    {
        await using var mesh = await BothAsync();
        using var client = mesh.Client();
        await GetAsync(client, 4);
        Assert.That((_one.RequestCount, _two.RequestCount), Is.EqualTo((2L, 2L)));

        await _one.KillAsync();
        Assert.That(await GetAsync(client, 6), Has.All.EqualTo("two"));

        await _one.RestartAsync();
        Assert.That(await GetAsync(client, 4), Is.EquivalentTo(new[] { "one", "one", "two", "two" }));
    }

    [Test]
    public async Task A_black_hole_costs_one_per_try_time()
    {
        _one.Behavior = LoopbackBehavior.BlackHole;
        await using var mesh = await BothAsync(routes: Yaml.Routes("catalog", "  - { retries: { attempts: 2, perTryTimeout: 0.2s, retryOn: 5xx }, route: [{ destination: { host: catalog } }] }"));
        using var client = mesh.Client();
        var clock = Stopwatch.StartNew();

        Assert.That(await GetAsync(client, 4), Has.All.EqualTo("two"));

        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(3)));
        Assert.That(_one.RequestCount, Is.GreaterThan(0));
        Assert.That(mesh.ActiveRequests("catalog"), Is.Zero);
    }

    [Test]
    public async Task A_route_time_limit_answers_504_with_UT()
    {
        _one.Behavior = _two.Behavior = LoopbackBehavior.BlackHole;
        await using var mesh = await BothAsync(routes: Yaml.Routes("catalog", "  - { timeout: 0.2s, route: [{ destination: { host: catalog } }] }"));

        using var response = await mesh.Client().GetAsync(new Uri("http://catalog/"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.GatewayTimeout));
        Assert.That(response.Headers.GetValues("x-mesh-response-flags"), Is.EqualTo(new[] { "UT" }));
        Assert.That(mesh.ActiveRequests("catalog"), Is.Zero);
    }

    [Test]
    public async Task A_slow_body_beyond_the_time_limit_breaks_off()
    {
        using var gate = new SyncPoint("body");
        _one.Behavior = _two.Behavior = LoopbackBehavior.Stream(["first", "never"], betweenChunks: gate);
        await using var mesh = await BothAsync(routes: Yaml.Routes("catalog", "  - { timeout: 0.3s, route: [{ destination: { host: catalog } }] }"));

        using var response = await mesh.Client().GetAsync(new Uri("http://catalog/"), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();

        Assert.That(async () => await body.CopyToAsync(Stream.Null), Throws.InstanceOf<IOException>());
        Assert.That(mesh.ActiveRequests("catalog"), Is.Zero);
    }

    [Test]
    public async Task A_body_may_be_read_past_its_end_under_a_time_limit()
    {
        await using var mesh = await BothAsync(routes: Yaml.Routes("catalog", "  - { timeout: 5s, route: [{ destination: { host: catalog } }] }"));

        using var response = await mesh.Client().GetAsync(new Uri("http://catalog/"), HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        await body.CopyToAsync(Stream.Null);

        Assert.That(await body.ReadAsync(new byte[1]), Is.Zero);
        Assert.That(await body.ReadAsync(new byte[1]), Is.Zero);
    }

    [Test]
    public async Task A_slow_server_is_waited_for()
    {
        _one.Behavior = _two.Behavior = LoopbackBehavior.Ok.After(TimeSpan.FromMilliseconds(300));
        await using var mesh = await BothAsync();

        Assert.That(await GetAsync(mesh.Client(), 1), Is.EqualTo(new[] { "one" }).Or.EqualTo(new[] { "two" }));
    }

    [TestCase(100_000)]
    [TestCase(1_000)]
    public async Task A_body_that_breaks_off_is_the_callers_error_and_frees_the_endpoint(int length)
    {
        _one.Behavior = _two.Behavior = LoopbackBehavior.ResetMidBody(500, length);
        await using var mesh = await BothAsync("loadBalancer: { simple: LEAST_REQUEST }");
        using var client = mesh.Client();

        Assert.That(async () => await client.GetByteArrayAsync(new Uri("http://catalog/")), Throws.InstanceOf<HttpRequestException>());
        Assert.That(_one.RequestCount + _two.RequestCount, Is.EqualTo(1), "an answer that had begun is never repeated");
        Assert.That(mesh.ActiveRequests("catalog"), Is.Zero);
    }

    [Test]
    public async Task A_GET_that_broke_off_before_the_headers_is_repeated_by_default()
    {
        _one.Behavior = LoopbackBehavior.ResetConnection;
        await using var mesh = await BothAsync();

        Assert.That(await GetAsync(mesh.Client(), 4), Has.All.EqualTo("two"));
        Assert.That(_one.RequestCount, Is.GreaterThan(0));
        Assert.That(mesh.ActiveRequests("catalog"), Is.Zero);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_POST_that_broke_off_before_the_headers_is_never_repeated_by_default(bool hasBody)
    {
        _one.Behavior = _two.Behavior = LoopbackBehavior.ResetConnection;
        await using var mesh = await BothAsync();
        using var client = mesh.Client();

        for (var i = 1; i <= 4; i++)
        {
            Assert.That(async () => await client.PostAsync(new Uri("http://catalog/"), hasBody ? new StringContent("order") : null), Throws.InstanceOf<HttpRequestException>());
            Assert.That(_one.RequestCount + _two.RequestCount, Is.EqualTo(i));
        }

        Assert.That(mesh.ActiveRequests("catalog"), Is.Zero);
    }

    [Test]
    public async Task A_POST_is_repeated_when_no_connection_could_be_made()
    {
        await _one.KillAsync();
        await using var mesh = await BothAsync();
        using var client = mesh.Client();

        for (var i = 0; i < 4; i++)
        {
            using var response = await client.PostAsync(new Uri("http://catalog/"), new StringContent("order " + i));
            Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("two"));
        }

        Assert.That(_two.Requests.Select(static r => System.Text.Encoding.UTF8.GetString(r.Body.Span)), Is.EqualTo(new[] { "order 0", "order 1", "order 2", "order 3" }));
    }

    [Test]
    public async Task The_callers_own_cancellation_is_nobodys_failure()
    {
        _one.Behavior = _two.Behavior = LoopbackBehavior.BlackHole;
        await using var mesh = await BothAsync("outlierDetection: { consecutive5xxErrors: 1 }");
        using var client = mesh.Client();
        using var cancel = new CancellationTokenSource();

        var sending = client.GetAsync(new Uri("http://catalog/"), cancel.Token);
        await Eventually.BecomesTrueAsync(() => _one.RequestCount + _two.RequestCount == 1, "the request has arrived");
        await cancel.CancelAsync();

        var thrown = await Assert.CatchAsync<OperationCanceledException>(() => sending);
        Assert.That(thrown!.CancellationToken, Is.EqualTo(cancel.Token));
        Assert.That(mesh.Mesh.GetServices().Single().Endpoints, Has.All.Matches<Mesh.Client.EndpointStatus>(static e => !e!.IsEjected && e.ActiveRequests == 0));
    }

    private static async Task<List<string>> GetAsync(HttpClient client, int count)
    {
        var answers = new List<string>();
        for (var i = 0; i < count; i++)
        {
            answers.Add(await client.GetStringAsync(new Uri("http://catalog/")));
        }

        return answers;
    }
}
