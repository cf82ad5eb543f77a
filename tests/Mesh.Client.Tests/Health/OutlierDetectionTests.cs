using Mesh.Diagnostics;
using Mesh.Testing;

namespace Mesh.Client.Tests.Health;

/// <summary>Ejection and return of endpoints, over the whole request path and a manual clock.</summary>
[TestFixture]
public class OutlierDetectionTests
{
    private static string With(string detection, int endpoints = 3) =>
        TestMesh.Service("info.local", [.. Enumerable.Range(1, endpoints).Select(static i => $"10.0.0.{i}")]) + $"""
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: {"{"} name: info {"}"}
        spec:
          host: info.local
          trafficPolicy:
            loadBalancer: {"{"} simple: ROUND_ROBIN {"}"}
            outlierDetection: {"{"} {detection} {"}"}
        """;

    private static async Task SendAsync(TestMesh mesh, int count)
    {
        // The pauses between tries pass by themselves, the ejections do not.
        mesh.LongestWait = TimeSpan.FromSeconds(1);
        for (var i = 0; i < count; i++)
        {
            await mesh.GetAsync("http://info.local/");
        }
    }

    private static bool IsEjected(TestMesh mesh, string address) => mesh.Mesh.GetServices().Single().Endpoints.Single(e => e.Address == address).IsEjected;

    [Test]
    public async Task Five_server_errors_in_a_row_eject()
    {
        await using var mesh = await TestMesh.StartAsync(With("maxEjectionPercent: 50, baseEjectionTime: 10s"));
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Status(500));

        await SendAsync(mesh, 12);
        Assert.That(IsEjected(mesh, "10.0.0.1:80"), Is.False, "four errors so far");
        await SendAsync(mesh, 40);

        Assert.That(IsEjected(mesh, "10.0.0.1:80"), Is.True);
        Assert.That(mesh.Network.RequestsTo("10.0.0.1:80"), Has.Count.EqualTo(5));
    }

    [Test]
    public async Task A_success_in_between_starts_the_count_again()
    {
        await using var mesh = await TestMesh.StartAsync(With("consecutive5xxErrors: 3, maxEjectionPercent: 100", endpoints: 1));
        var bad = ScriptedAnswer.Status(500);
        mesh.Network.Script("10.0.0.1:80", bad, bad, ScriptedAnswer.Status(200), bad, bad, ScriptedAnswer.Status(200));

        await SendAsync(mesh, 6);

        Assert.That(IsEjected(mesh, "10.0.0.1:80"), Is.False);
    }

    [Test]
    public async Task A_dead_endpoint_costs_a_threshold_of_tries_and_then_one_per_ejection()
    {
        await using var mesh = await TestMesh.StartAsync(With("consecutive5xxErrors: 5, maxEjectionPercent: 50, baseEjectionTime: 10s"));
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.ConnectionRefused);

        await SendAsync(mesh, 60);
        Assert.That(mesh.Network.RequestsTo("10.0.0.1:80"), Has.Count.EqualTo(5));

        for (var probe = 1; probe <= 3; probe++)
        {
            mesh.Time.Advance(TimeSpan.FromSeconds(10 * (probe + 1)));
            await SendAsync(mesh, 30);
            Assert.That(mesh.Network.RequestsTo("10.0.0.1:80"), Has.Count.EqualTo(5 + probe), $"probe {probe}");
        }
    }

    [Test]
    public async Task An_endpoint_that_answers_its_probe_is_back_at_once()
    {
        await using var mesh = await TestMesh.StartAsync(With("consecutive5xxErrors: 5, maxEjectionPercent: 50, baseEjectionTime: 10s"));
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.ConnectionRefused);
        await SendAsync(mesh, 30);
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Status(200));
        var before = mesh.Network.RequestsTo("10.0.0.1:80").Count;

        mesh.Time.Advance(TimeSpan.FromSeconds(10));
        await SendAsync(mesh, 31);

        Assert.That(mesh.Network.RequestsTo("10.0.0.1:80").Count - before, Is.InRange(10, 12), "a third of the traffic, as before");
    }

    [Test]
    public async Task The_limit_on_ejections_is_Istios()
    {
        // 100 * (0 + 1) / 3 = 33 % > 10 %: a pool of fewer than ten never ejects by default.
        await using var mesh = await TestMesh.StartAsync(With("consecutive5xxErrors: 2"));
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Status(500));

        await SendAsync(mesh, 30);

        Assert.That(IsEjected(mesh, "10.0.0.1:80"), Is.False);
        Assert.That(mesh.Network.RequestsTo("10.0.0.1:80"), Has.Count.EqualTo(10));
    }

    [Test]
    public async Task With_everybody_ejected_the_answer_is_503_UH()
    {
        await using var mesh = await TestMesh.StartAsync(With("consecutive5xxErrors: 1, maxEjectionPercent: 100", endpoints: 2));
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Status(500));
        mesh.Network.Script("10.0.0.2:80", ScriptedAnswer.Status(500));
        await SendAsync(mesh, 2);

        var response = await mesh.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://info.local/"), CancellationToken.None);

        Assert.That((int)response.StatusCode, Is.EqualTo(503));
        Assert.That(response.Headers.GetValues("x-mesh-response-flags").Single(), Does.Contain("UH"));
    }

    [Test]
    public async Task Below_minHealthPercent_everybody_is_used()
    {
        await using var mesh = await TestMesh.StartAsync(With("consecutive5xxErrors: 1, maxEjectionPercent: 100, minHealthPercent: 60", endpoints: 2));
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Status(500));

        await SendAsync(mesh, 21);

        Assert.That(mesh.Network.RequestsTo("10.0.0.1:80").Count, Is.InRange(9, 12), "one of two healthy is less than 60 %: panic");
    }

    // Each outcome in turn; the endpoint is ejected by the last and not before.
    [TestCase("consecutiveGatewayErrors: 3, consecutive5xxErrors: 0", "503 503 503")]
    [TestCase("consecutiveGatewayErrors: 2, consecutive5xxErrors: 0", "503 500 502 504")]
    [TestCase("consecutiveGatewayErrors: 2, consecutive5xxErrors: 4", "500 500 503 500")]
    [TestCase("consecutiveGatewayErrors: 2, consecutive5xxErrors: 0", "503 0")]
    [TestCase("splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: 2, consecutive5xxErrors: 3", "500 0 500 500")]
    [TestCase("splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: 2, consecutive5xxErrors: 3", "0 0")]
    [TestCase("splitExternalLocalOriginErrors: true, consecutiveLocalOriginFailures: 0, consecutive5xxErrors: 2", "0 0 0 500 500")]
    [TestCase("consecutive5xxErrors: 2", "500 0")]
    public async Task Each_kind_of_error_has_its_counter(string detection, string outcomes)
    {
        await using var mesh = await TestMesh.StartAsync(With(detection + ", maxEjectionPercent: 100", endpoints: 1));
        var answers = outcomes.Split(' ').Select(static o => o == "0" ? ScriptedAnswer.Reset : ScriptedAnswer.Status(int.Parse(o, System.Globalization.CultureInfo.InvariantCulture))).ToArray();
        mesh.Network.Script("10.0.0.1:80", answers);
        for (var i = 0; i < answers.Length; i++)
        {
            Assert.That(i > 0 && IsEjected(mesh, "10.0.0.1:80"), Is.False, $"after {i} outcomes");
            try
            {
                // A POST is not repeated: one outcome each.
                using var response = await mesh.SendAsync(new HttpRequestMessage(HttpMethod.Post, "http://info.local/"));
            }
            catch (HttpRequestException)
            {
                // The reset is the caller's, too.
            }
        }

        Assert.That(IsEjected(mesh, "10.0.0.1:80"), Is.True);
    }

    [Test]
    public async Task A_probing_endpoint_is_asked_by_one_request_at_a_time()
    {
        using var gate = new SyncPoint("probe");
        await using var mesh = await TestMesh.StartAsync(With("consecutive5xxErrors: 1, maxEjectionPercent: 100, baseEjectionTime: 10s", endpoints: 2));
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Status(500));
        await SendAsync(mesh, 2);
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Status(200).HeldAt(gate));
        mesh.Time.Advance(TimeSpan.FromSeconds(10));

        var probe = mesh.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://info.local/"), CancellationToken.None);
        await gate.WaitForArrivalAsync();
        await SendAsync(mesh, 10);

        Assert.That(mesh.Network.RequestsTo("10.0.0.1:80"), Has.Count.EqualTo(2), "the failure and the probe");
        gate.Open();
        using var response = await probe;
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task Editing_the_rule_keeps_the_history()
    {
        await using var mesh = await TestMesh.StartAsync(With("consecutive5xxErrors: 5, maxEjectionPercent: 50, baseEjectionTime: 60s"));
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Status(500));
        await SendAsync(mesh, 15);
        Assert.That(IsEjected(mesh, "10.0.0.1:80"), Is.True);

        var applied = new TaskCompletionSource();
        mesh.Mesh.EventOccurred += e => applied.TrySetResult();
        mesh.Config.Update(With("consecutive5xxErrors: 7, maxEjectionPercent: 50, baseEjectionTime: 60s"));
        await applied.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await mesh.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://info.local/"), CancellationToken.None);

        Assert.That(IsEjected(mesh, "10.0.0.1:80"), Is.True);
    }

    private static readonly object[] s_failures =
    [
        new object[] { ScriptedAnswer.Status(500), "(consecutive 5xx errors)" },
        new object[] { ScriptedAnswer.ConnectionRefused, "(consecutive 5xx errors, the last one a failed connection)" },
        new object[] { ScriptedAnswer.Reset, "(consecutive 5xx errors, the last one a reset connection)" },
        new object[] { ScriptedAnswer.StreamRefused, "(consecutive 5xx errors, the last one a refused stream)" },
    ];

    [TestCaseSource(nameof(s_failures))]
    public async Task The_reason_of_an_ejection_names_what_happened(ScriptedAnswer failure, string reason)
    {
        await using var mesh = await TestMesh.StartAsync(With("consecutive5xxErrors: 3, maxEjectionPercent: 50"));
        mesh.Network.Script("10.0.0.1:80", failure);

        await SendAsync(mesh, 30);
        for (var i = 0; i < 100 && !mesh.Events.Any(static e => e.Kind == MeshEventKind.EndpointEjected); i++)
        {
            await TestMesh.SettleAsync();
        }

        Assert.That(mesh.Events.Single(static e => e.Kind == MeshEventKind.EndpointEjected).Message, Does.EndWith(reason));
    }
}
