using Mesh.Testing;

namespace Mesh.Client.Tests.Http;

/// <summary>What callers may ask for with Envoy's request headers, and that they may not unless it is allowed.</summary>
[TestFixture]
public class EnvoyHeaderTests
{
    private static Task<TestMesh> StartAsync(bool accept = true, string rule = "retries: { attempts: 0 }") => TestMesh.StartAsync(
        TestMesh.Service("orders.local", "10.0.0.1") + $"""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {"{"} name: orders {"}"}
            spec:
              hosts: [orders.local]
              http:
              - route: [{"{"} destination: {"{"} host: orders.local {"}"} {"}"}]
                {rule}
            """,
        options: options => options.AcceptEnvoyHeaders = accept);

    [Test]
    public async Task They_are_sent_on_untouched_where_they_are_not_accepted()
    {
        await using var mesh = await StartAsync(accept: false);
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Status(503));

        using var response = await mesh.GetAsync("http://orders.local/", ("x-envoy-retry-on", "5xx"), ("x-envoy-fault-abort-request", "418"));

        Assert.That((int)response.StatusCode, Is.EqualTo(503));
        Assert.That(mesh.Network.Requests.Single().Headers, Does.ContainKey("x-envoy-retry-on").And.ContainKey("x-envoy-fault-abort-request"));
    }

    [Test]
    public async Task They_steer_this_hop_and_are_taken_off()
    {
        await using var mesh = await StartAsync();
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Status(503), ScriptedAnswer.Status(503), ScriptedAnswer.Status(200));
        var request = new HttpRequestMessage(HttpMethod.Get, "http://orders.local/") { Headers = { { "x-envoy-retry-on", "5xx" }, { "x-envoy-max-retries", "2" } } };

        using var response = await mesh.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(mesh.Network.Requests, Has.Count.EqualTo(3));
        Assert.That(mesh.Network.Requests.SelectMany(static r => r.Headers.Keys), Has.None.StartsWith("x-envoy-retry").And.None.StartsWith("x-envoy-max"));
        Assert.That(request.Headers.Contains("x-envoy-retry-on"), "the caller's message is as before");
    }

    [Test]
    public async Task A_time_limit_replaces_the_one_of_the_route()
    {
        await using var mesh = await StartAsync(rule: "timeout: 10s");
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Never);

        using var response = await mesh.GetAsync("http://orders.local/", ("x-envoy-upstream-rq-timeout-ms", "250"));

        Assert.That((int)response.StatusCode, Is.EqualTo(504));
        Assert.That(mesh.Time.Elapsed, Is.EqualTo(TimeSpan.FromMilliseconds(250)));
    }

    [Test]
    public async Task A_time_limit_of_a_try_ends_the_try()
    {
        await using var mesh = await StartAsync();
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Never, ScriptedAnswer.Status(200));

        using var response = await mesh.GetAsync("http://orders.local/", ("x-envoy-retry-on", "reset"), ("x-envoy-upstream-rq-per-try-timeout-ms", "100"));

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task A_fault_is_injected_on_demand()
    {
        await using var mesh = await StartAsync();

        using var response = await mesh.GetAsync("http://orders.local/", ("x-envoy-fault-delay-request", "300"), ("x-envoy-fault-abort-request", "418"));

        Assert.That((int)response.StatusCode, Is.EqualTo(418));
        Assert.That(mesh.Time.Elapsed, Is.EqualTo(TimeSpan.FromMilliseconds(300)));
        Assert.That(mesh.Network.Requests, Is.Empty);
    }

    [TestCase("retriable-status-codes", "x-envoy-retriable-status-codes", "418, 425", 425, true)]
    [TestCase("retriable-status-codes", "x-envoy-retriable-status-codes", "418, 425", 404, false)]
    [TestCase("retriable-headers", "x-envoy-retriable-header-names", "x-other, x-busy", 200, true)]
    [TestCase("retriable-headers", "x-envoy-retriable-header-names", "x-other", 200, false)]
    public async Task Conditions_take_their_statuses_and_headers_from_headers(string retryOn, string name, string value, int status, bool retried)
    {
        await using var mesh = await StartAsync();
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Status(status).WithHeader("x-busy", "1"));

        using var response = await mesh.GetAsync("http://orders.local/", ("x-envoy-retry-on", retryOn), (name, value));

        Assert.That(mesh.Network.Requests, Has.Count.EqualTo(retried ? 2 : 1));
    }

    [TestCase("cancelled", 1)]
    [TestCase("deadline-exceeded", 4)]
    [TestCase("resource-exhausted", 8)]
    [TestCase("internal", 13)]
    [TestCase("unavailable", 14)]
    public async Task A_gRPC_condition_means_its_status_and_no_other(string retryOn, int status)
    {
        await using var mesh = await StartAsync();
        var answers = Enumerable.Range(0, 17).ToDictionary(static s => s, static s => ScriptedAnswer.Status(200).WithHeader("grpc-status", $"{s}"));
        foreach (var (given, answer) in answers)
        {
            mesh.Network.Script("10.0.0.1:80", answer);
            var before = mesh.Network.Requests.Count;

            using var response = await mesh.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://orders.local/")
            {
                Version = System.Net.HttpVersion.Version20,
                Headers = { { "x-envoy-retry-grpc-on", retryOn } },
            });

            Assert.That(mesh.Network.Requests.Count - before, Is.EqualTo(given == status ? 2 : 1), $"status {given}");
        }
    }

    [Test]
    public async Task A_gRPC_fault_is_injected_on_demand()
    {
        await using var mesh = await StartAsync();

        using var response = await mesh.GetAsync("http://orders.local/", ("x-envoy-fault-abort-grpc-request", "8"));

        Assert.That(response.Headers.GetValues("grpc-status").Single(), Is.EqualTo("8"));
        Assert.That(mesh.Network.Requests, Is.Empty);
    }

    [Test]
    public async Task A_percentage_of_0_injects_nothing()
    {
        await using var mesh = await StartAsync();

        using var response = await mesh.GetAsync(
            "http://orders.local/",
            ("x-envoy-fault-delay-request", "300"),
            ("x-envoy-fault-delay-request-percentage", "0"),
            ("x-envoy-fault-abort-request", "418"),
            ("x-envoy-fault-abort-request-percentage", "0"));

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(mesh.Time.Elapsed, Is.EqualTo(TimeSpan.Zero));
    }

    [TestCase("x-envoy-upstream-rq-timeout-ms", "soon")]
    [TestCase("x-envoy-fault-abort-request", "99")]
    [TestCase("x-envoy-fault-delay-request", "-5")]
    [TestCase("x-envoy-max-retries", "many")]
    [TestCase("x-envoy-retry-on", "whatever")]
    public async Task What_does_not_parse_is_passed_over(string name, string value)
    {
        await using var mesh = await StartAsync();

        using var response = await mesh.GetAsync("http://orders.local/", (name, value));

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(mesh.Network.Requests, Has.Count.EqualTo(1));
    }
}
