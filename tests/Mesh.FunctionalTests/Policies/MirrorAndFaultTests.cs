using System.Diagnostics;
using System.Net;
using System.Text;
using Mesh.Testing;

namespace Mesh.FunctionalTests.Policies;

/// <summary>Copies for another service, and failures on purpose.</summary>
public sealed class MirrorAndFaultTests
{
    private LoopbackServer _server = null!;
    private LoopbackServer _shadow = null!;

    [SetUp]
    public async Task Start()
    {
        _server = await LoopbackServer.StartAsync(new LoopbackServerOptions { Name = "catalog" });
        _shadow = await LoopbackServer.StartAsync(new LoopbackServerOptions { Name = "shadow" });
    }

    [TearDown]
    public async Task Stop()
    {
        await _server.DisposeAsync();
        await _shadow.DisposeAsync();
    }

    private Task<FunctionalMesh> MirroredAsync(string percent = "100") => FunctionalMesh.StartAsync(
        Yaml.Service("catalog", _server) + Yaml.Service("shadow", _shadow)
        + Yaml.Routes("catalog", $"  - {{ mirror: {{ host: shadow }}, mirrorPercentage: {{ value: {percent} }}, route: [{{ destination: {{ host: catalog }} }}] }}"));

    [Test]
    public async Task A_copy_arrives_with_its_body_under_a_shadow_host()
    {
        await using var mesh = await MirroredAsync();

        using var response = await mesh.Client().PostAsync(new Uri("http://catalog/items?x=1"), new StringContent("body", Encoding.UTF8, "text/plain"));
        await _shadow.WaitForRequestsAsync(1);

        var copy = _shadow.Requests[0];
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("catalog"));
        Assert.That((copy.Method, copy.Target, copy.Authority), Is.EqualTo(("POST", "/items?x=1", "catalog-shadow")));
        Assert.That(Encoding.UTF8.GetString(copy.Body.Span), Is.EqualTo("body"));
        Assert.That(copy.Headers["Content-Type"], Is.EqualTo("text/plain; charset=utf-8"));
        Assert.That(_server.Requests[0].Authority, Is.EqualTo("catalog"));
    }

    [Test]
    public async Task A_streamed_body_is_copied_too()
    {
        await using var mesh = await MirroredAsync();

        using var response = await mesh.Client().PostAsync(new Uri("http://catalog/"), new StreamContent(new MemoryStream("streamed"u8.ToArray())));
        await _shadow.WaitForRequestsAsync(1);

        Assert.That(Encoding.UTF8.GetString(_shadow.Requests[0].Body.Span), Is.EqualTo("streamed"));
        Assert.That(Encoding.UTF8.GetString(_server.Requests[0].Body.Span), Is.EqualTo("streamed"));
    }

    [Test]
    public async Task Whatever_happens_to_copies_stays_with_them()
    {
        await using var mesh = await MirroredAsync();
        using var client = mesh.Client();
        var copies = 0;
        foreach (var behavior in new[] { LoopbackBehavior.Status(500), LoopbackBehavior.ResetConnection, LoopbackBehavior.BlackHole })
        {
            _shadow.Behavior = behavior;
            Assert.That(await client.GetStringAsync(new Uri("http://catalog/")), Is.EqualTo("catalog"));
            await _shadow.WaitForRequestsAsync(++copies);
        }

        await _shadow.KillAsync();
        Assert.That(await client.GetStringAsync(new Uri("http://catalog/")), Is.EqualTo("catalog"));
    }

    [Test]
    public async Task A_request_with_two_schemes_is_copied()
    {
        await using var mesh = await MirroredAsync();

        await mesh.Client().GetStringAsync(new Uri("http+https://catalog/"));
        await _shadow.WaitForRequestsAsync(1);

        Assert.That(_shadow.Requests[0].Authority, Is.EqualTo("catalog-shadow"));
    }

    [Test]
    public async Task A_copy_goes_over_tls_and_http2_where_its_service_wants_it()
    {
        using var authority = new TestCertificates();
        using var certificate = authority.Issue("shadow");
        using var files = new Protocols.CertificateFiles();
        await using var secure = await LoopbackServer.StartAsync(new LoopbackServerOptions { Protocols = [LoopbackProtocol.Https], Certificate = certificate });
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("catalog", _server) + Yaml.Service("shadow", "HTTP2", (secure.Port, ""))
            + Yaml.Policy("shadow", $"tls: {{ mode: SIMPLE, sni: shadow, caCertificates: {files.Authority(authority)} }}")
            + Yaml.Routes("catalog", "  - { mirror: { host: shadow }, route: [{ destination: { host: catalog } }] }"));

        await mesh.Client().GetStringAsync(new Uri("http://catalog/"));
        await secure.WaitForRequestsAsync(1);

        Assert.That(secure.Requests[0].Protocol, Is.EqualTo("HTTP/2"));
    }

    [Test]
    public async Task A_part_of_the_requests_is_copied()
    {
        await using var mesh = await MirroredAsync("50");
        using var client = mesh.Client();

        for (var i = 0; i < 400; i++)
        {
            await client.GetStringAsync(new Uri("http://catalog/"));
        }

        await _shadow.WaitForRequestsAsync(120);
        Assert.That(_shadow.RequestCount, Is.InRange(120, 280));
    }

    [Test]
    public async Task An_injected_abort_answers_without_the_server()
    {
        await using var mesh = await FaultyAsync("abort: { httpStatus: 418, percentage: { value: 100 } }");

        using var response = await mesh.Client().GetAsync(new Uri("http://catalog/"));

        Assert.That((int)response.StatusCode, Is.EqualTo(418));
        Assert.That(response.Headers.GetValues("x-mesh-response-flags"), Is.EqualTo(new[] { "FI" }));
        Assert.That(_server.RequestCount, Is.Zero);
    }

    /// <summary>The filter that injects faults stands before the router, which alone asks whether the destination exists.</summary>
    [Test]
    public async Task An_injected_abort_comes_before_a_destination_that_does_not_exist()
    {
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("catalog", _server)
            + Yaml.Routes("catalog", "  - { fault: { abort: { httpStatus: 418, percentage: { value: 100 } } }, route: [{ destination: { host: nowhere } }] }"));
        using var response = await mesh.Client().GetAsync(new Uri("http://catalog/"));
        Assert.That((int)response.StatusCode, Is.EqualTo(418));
    }

    [Test]
    public async Task A_request_that_a_fault_holds_back_takes_no_place_of_the_cluster()
    {
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("catalog", _server) + Yaml.Policy("catalog", "connectionPool: { http: { http2MaxRequests: 1 } }")
            + Yaml.Routes(
                "catalog",
                "  - { match: [{ uri: { prefix: /slow } }], fault: { delay: { fixedDelay: 600s, percentage: { value: 100 } } }, route: [{ destination: { host: catalog } }] }\n"
                + "  - { route: [{ destination: { host: catalog } }] }"));
        using var client = mesh.Client();
        using var givenUp = new CancellationTokenSource();
        var slow = client.GetAsync(new Uri("http://catalog/slow"), givenUp.Token);

        using var response = await client.GetAsync(new Uri("http://catalog/"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await givenUp.CancelAsync();
        Assert.That(async () => await slow, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_part_of_the_requests_is_aborted()
    {
        await using var mesh = await FaultyAsync("abort: { httpStatus: 503, percentage: { value: 25 } }");
        using var client = mesh.Client();
        var aborted = 0;

        for (var i = 0; i < 400; i++)
        {
            using var response = await client.GetAsync(new Uri("http://catalog/"));
            aborted += response.StatusCode == HttpStatusCode.ServiceUnavailable ? 1 : 0;
        }

        Assert.That(aborted, Is.InRange(50, 150));
        Assert.That(_server.RequestCount, Is.EqualTo(400 - aborted));
    }

    [Test]
    public async Task An_injected_delay_comes_before_the_time_limit_starts()
    {
        await using var mesh = await FaultyAsync("delay: { fixedDelay: 0.5s, percentage: { value: 100 } }");
        var clock = Stopwatch.StartNew();

        using var response = await mesh.Client().GetAsync(new Uri("http://catalog/"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(clock.Elapsed, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(0.45)));
    }

    private Task<FunctionalMesh> FaultyAsync(string fault) => FunctionalMesh.StartAsync(
        Yaml.Service("catalog", _server) + Yaml.Routes("catalog", $"  - {{ fault: {{ {fault} }}, timeout: 5s, route: [{{ destination: {{ host: catalog }} }}] }}"));
}
