using System.Net;
using Mesh.Testing;

namespace Mesh.Client.Tests.Resilience;

/// <summary>When a try is repeated, where it goes, and what the caller sees in the end.</summary>
[TestFixture]
public class RetryTests
{
    private static readonly string s_plain = TestMesh.Service("orders.local", "10.0.0.1", "10.0.0.2", "10.0.0.3");

    private static string With(string route) => s_plain + $"""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {"{"} name: orders {"}"}
        spec:
          hosts: [orders.local]
          http:
          - route: [{"{"} destination: {"{"} host: orders.local {"}"} {"}"}]
            {route}
        """;

    private static void AnswerAll(TestMesh mesh, ScriptedAnswer answer)
    {
        for (var i = 1; i <= 3; i++)
        {
            mesh.Network.Script($"10.0.0.{i}:80", answer);
        }
    }

    [Test]
    public async Task A_refused_connection_is_retried_on_other_endpoints_whatever_the_method([Values("GET", "POST")] string method)
    {
        await using var mesh = await TestMesh.StartAsync(s_plain);
        AnswerAll(mesh, ScriptedAnswer.ConnectionRefused);
        mesh.Network.Script("10.0.0.3:80", ScriptedAnswer.Status(200));

        for (var i = 0; i < 20; i++)
        {
            var response = await mesh.SendAsync(new HttpRequestMessage(new HttpMethod(method), "http://orders.local/") { Content = method == "POST" ? new StringContent("x") : null });
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        Assert.That(mesh.Network.RequestsTo("10.0.0.3:80"), Has.Count.EqualTo(20), "never twice to an endpoint that just failed");
    }

    [Test]
    public async Task By_default_a_broken_GET_is_repeated_and_a_broken_POST_is_not()
    {
        await using var mesh = await TestMesh.StartAsync(s_plain);
        AnswerAll(mesh, ScriptedAnswer.Reset);

        Assert.That(async () => await mesh.GetAsync("http://orders.local/"), Throws.InstanceOf<HttpRequestException>());
        Assert.That(mesh.Network.Requests, Has.Count.EqualTo(3), "two retries");

        Assert.That(async () => await mesh.SendAsync(new HttpRequestMessage(HttpMethod.Post, "http://orders.local/") { Content = new StringContent("x") }), Throws.InstanceOf<HttpRequestException>());
        Assert.That(mesh.Network.Requests, Has.Count.EqualTo(4), "one try more: the order may have been placed");
    }

    [Test]
    public async Task By_default_an_error_answer_is_not_repeated()
    {
        await using var mesh = await TestMesh.StartAsync(s_plain);
        AnswerAll(mesh, ScriptedAnswer.Status(503));

        var response = await mesh.GetAsync("http://orders.local/");

        Assert.That((int)response.StatusCode, Is.EqualTo(503));
        Assert.That(mesh.Network.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("5xx", 500, true)]
    [TestCase("5xx", 404, false)]
    [TestCase("gateway-error", 503, true)]
    [TestCase("gateway-error", 500, false)]
    [TestCase("retriable-4xx", 409, true)]
    [TestCase("retriable-4xx", 400, false)]
    [TestCase("429,connect-failure", 429, true)]
    [TestCase("reset", 500, false)]
    public async Task A_written_condition_is_done_as_written(string retryOn, int status, bool retried)
    {
        await using var mesh = await TestMesh.StartAsync(With($"retries: {{ attempts: 2, retryOn: '{retryOn}' }}"));
        AnswerAll(mesh, ScriptedAnswer.Status(status));

        var response = await mesh.SendAsync(new HttpRequestMessage(HttpMethod.Post, "http://orders.local/") { Content = new StringContent("x") });

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(mesh.Network.Requests, Has.Count.EqualTo(retried ? 3 : 1));
        Assert.That(mesh.Network.Requests.Select(static r => r.Endpoint).Distinct().Count(), Is.EqualTo(mesh.Network.Requests.Count), "each on another endpoint");
    }

    private static readonly object[] s_failures =
    [
        new object[] { ScriptedAnswer.ConnectionRefused, "connect-failure, 5xx, gateway-error, reset, reset-before-request" },
        new object[] { ScriptedAnswer.StreamRefused, "refused-stream, 5xx, gateway-error, reset" },
        new object[] { ScriptedAnswer.Reset, "5xx, gateway-error, reset" },
        new object[] { ScriptedAnswer.Never, "5xx, gateway-error, reset" },
    ];

    [TestCaseSource(nameof(s_failures))]
    public async Task A_failure_without_an_answer_is_repeated_under_its_conditions_and_no_others(ScriptedAnswer failure, string conditions)
    {
        var meant = conditions.Split(", ");
        foreach (var condition in Model.RetryConditionTokens.All)
        {
            await using var mesh = await TestMesh.StartAsync(With($"retries: {{ attempts: 1, perTryTimeout: 100ms, retryOn: '{condition}' }}"));
            AnswerAll(mesh, failure);

            try
            {
                using var response = await mesh.SendAsync(new HttpRequestMessage(HttpMethod.Post, "http://orders.local/") { Content = new StringContent("x") });
            }
            catch (HttpRequestException)
            {
                // The last try's own failure.
            }

            Assert.That(mesh.Network.Requests, Has.Count.EqualTo(meant.Contains(condition) ? 2 : 1), condition);
        }
    }

    [TestCase("206", 206, true)]
    [TestCase("206", 200, false)]
    [TestCase("envoy-ratelimited", 429, true)]
    public async Task Other_answers_are_repeated_where_they_are_named(string retryOn, int status, bool retried)
    {
        await using var mesh = await TestMesh.StartAsync(With($"retries: {{ attempts: 1, retryOn: '{retryOn}' }}"));
        AnswerAll(mesh, status == 429 ? ScriptedAnswer.Status(status).WithHeader("x-envoy-ratelimited", "true") : ScriptedAnswer.Status(status));

        await mesh.GetAsync("http://orders.local/");

        Assert.That(mesh.Network.Requests, Has.Count.EqualTo(retried ? 2 : 1));
    }

    [TestCase("", 25, 250)]
    [TestCase(", backoff: 2s", 2000, 20_000)]
    public async Task Pauses_grow_from_the_base_to_its_tenfold(string backoff, int least, int most)
    {
        // Drawn below 1, 2, 4, 8 and then 10 times the base.
        await using var mesh = await TestMesh.StartAsync(With($"retries: {{ attempts: 60, retryOn: 5xx{backoff} }}"));
        AnswerAll(mesh, ScriptedAnswer.Status(503));

        await mesh.GetAsync("http://orders.local/");

        var at = mesh.Network.Requests.Select(static r => r.At).ToArray();
        var pauses = at.Skip(1).Zip(at, static (next, before) => (next - before).TotalMilliseconds).ToArray();
        Assert.That(pauses[0], Is.LessThan(least));
        Assert.That(pauses[1], Is.LessThan(2 * least));
        Assert.That(pauses[2], Is.LessThan(4 * least));
        Assert.That(pauses, Has.All.LessThan(most));
        Assert.That(pauses.Max(), Is.GreaterThan(0.8 * most));
    }

    [Test]
    public async Task A_POST_without_a_body_has_an_empty_one_on_its_way()
    {
        // .NET itself sends a request without a body again when a reused connection turns out to be dead.
        await using var mesh = await TestMesh.StartAsync(s_plain);
        HttpContent? sent = null;
        AnswerAll(mesh, ScriptedAnswer.From(request =>
        {
            sent = request.Content;
            return new HttpResponseMessage();
        }));
        var post = new HttpRequestMessage(HttpMethod.Post, "http://orders.local/");

        await mesh.SendAsync(post);

        Assert.That(sent?.Headers.ContentLength, Is.Zero);
        Assert.That(post.Content, Is.Null);
    }

    [Test]
    public async Task An_answer_that_says_rate_limited_is_not_a_server_error()
    {
        await using var mesh = await TestMesh.StartAsync(With("retries: { attempts: 2, retryOn: 5xx }"));
        AnswerAll(mesh, ScriptedAnswer.Status(503).WithHeader("x-envoy-ratelimited", "true"));

        await mesh.GetAsync("http://orders.local/");

        Assert.That(mesh.Network.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Attempts_zero_switches_retries_off()
    {
        await using var mesh = await TestMesh.StartAsync(With("retries: { attempts: 0 }"));
        AnswerAll(mesh, ScriptedAnswer.ConnectionRefused);

        Assert.That(async () => await mesh.GetAsync("http://orders.local/"), Throws.InstanceOf<HttpRequestException>());
        Assert.That(mesh.Network.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_route_timeout_spans_all_tries_and_answers_504()
    {
        await using var mesh = await TestMesh.StartAsync(With("timeout: 2s\n    retries: { attempts: 5, perTryTimeout: 500ms, retryOn: 5xx }"));
        AnswerAll(mesh, ScriptedAnswer.Never);

        // Between two tries the end of the whole is the only timer: it must not be taken for what the call waits for.
        mesh.LongestWait = TimeSpan.FromSeconds(0.5);

        var response = await mesh.GetAsync("http://orders.local/");

        Assert.That((int)response.StatusCode, Is.EqualTo(504));
        Assert.That(response.Headers.GetValues("x-mesh-response-flags").Single(), Does.Contain("UT"));
        Assert.That(mesh.Time.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(mesh.Network.Requests.Count, Is.InRange(3, 4));
    }

    [Test]
    public async Task A_try_that_times_out_is_followed_by_one_elsewhere()
    {
        await using var mesh = await TestMesh.StartAsync(With("retries: { attempts: 2, perTryTimeout: 100ms, retryOn: 5xx }"));
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Never);
        mesh.Network.Script("10.0.0.2:80", ScriptedAnswer.Never);

        var response = await mesh.GetAsync("http://orders.local/");

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(mesh.LastEndpoint, Is.EqualTo("10.0.0.3:80"));
    }

    [Test]
    public async Task The_callers_cancellation_is_the_callers_and_charged_to_nobody()
    {
        await using var mesh = await TestMesh.StartAsync(With("timeout: 10s\n    retries: { attempts: 3, retryOn: 5xx }") + """

            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: { name: orders }
            spec:
              host: orders.local
              trafficPolicy: { outlierDetection: { consecutive5xxErrors: 1, maxEjectionPercent: 100 } }
            """);
        AnswerAll(mesh, ScriptedAnswer.Never);
        using var caller = new CancellationTokenSource();

        var sending = mesh.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://orders.local/"), caller.Token);
        await caller.CancelAsync();

        var thrown = await Assert.CatchAsync<OperationCanceledException>(async () => await sending);
        Assert.That(thrown!.CancellationToken, Is.EqualTo(caller.Token));
        Assert.That(mesh.Network.Requests, Has.Count.EqualTo(1));
        Assert.That(mesh.Mesh.GetServices().Single().Endpoints, Has.None.Matches<EndpointStatus>(static e => e!.IsEjected));
    }

    [Test]
    public async Task The_body_arrives_whole_at_every_try([Values] bool streamed)
    {
        await using var mesh = await TestMesh.StartAsync(With("retries: { attempts: 2, retryOn: 5xx }"));
        AnswerAll(mesh, ScriptedAnswer.Status(500));
        var bytes = Enumerable.Range(0, 10_000).Select(static i => (byte)i).ToArray();

        await mesh.SendAsync(new HttpRequestMessage(HttpMethod.Put, "http://orders.local/")
        {
            Content = streamed ? new StreamContent(new OneWayStream(bytes)) : new ByteArrayContent(bytes),
        });

        Assert.That(mesh.Network.Requests, Has.Count.EqualTo(3));
        Assert.That(mesh.Network.Requests.Select(static r => r.Body.ToArray()), Is.All.EqualTo(bytes));
    }

    [Test]
    public async Task A_one_use_body_beyond_the_limit_is_sent_once()
    {
        await using var mesh = await TestMesh.StartAsync(With("retries: { attempts: 2, retryOn: 5xx }"));
        AnswerAll(mesh, ScriptedAnswer.Status(500));

        var response = await mesh.SendAsync(new HttpRequestMessage(HttpMethod.Put, "http://orders.local/") { Content = new StreamContent(new OneWayStream(new byte[70_000])) });

        Assert.That((int)response.StatusCode, Is.EqualTo(500));
        Assert.That(mesh.Network.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Retries_tell_the_server_their_number_and_leave_the_request_as_it_was()
    {
        await using var mesh = await TestMesh.StartAsync(With("retries: { attempts: 2, retryOn: 5xx }"));
        AnswerAll(mesh, ScriptedAnswer.Status(500));
        var request = new HttpRequestMessage(HttpMethod.Get, "http://orders.local/");

        await mesh.SendAsync(request);

        Assert.That(mesh.Network.Requests.Select(static r => r.Headers.GetValueOrDefault("x-envoy-attempt-count")), Is.EqualTo(new[] { null, "2", "3" }));
        Assert.That(request.Headers, Is.Empty);
    }

    private sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
