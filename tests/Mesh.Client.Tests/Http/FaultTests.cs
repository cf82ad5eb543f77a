using System.Net;
using Mesh.Testing;

namespace Mesh.Client.Tests.Http;

/// <summary>What an injected fault stands above: the clocks, the copies, the tries.</summary>
[TestFixture]
public class FaultTests
{
    private static string Rules(string rule) =>
        TestMesh.Service("orders.local", "10.0.0.1") + TestMesh.Service("shadow.local", "10.0.9.9") + $$"""
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: orders }
        spec:
          hosts: [orders.local]
          http:
          - route: [{ destination: { host: orders.local } }]
        {{rule}}
        """;

    [Test]
    public async Task An_injected_delay_does_not_count_against_the_timeout()
    {
        await using var mesh = await TestMesh.StartAsync(Rules("    timeout: 1s\n    fault: { delay: { percentage: { value: 100 }, fixedDelay: 5s } }"));
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Status(200).After(TimeSpan.FromMilliseconds(900)));

        var sending = mesh.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://orders.local/"), CancellationToken.None);
        await mesh.Time.WaitForTimersAsync(1);
        mesh.Time.Advance(TimeSpan.FromSeconds(5));
        await mesh.Time.WaitForTimersAsync(2);
        mesh.Time.Advance(TimeSpan.FromMilliseconds(900));

        using var response = await sending;
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task The_timeout_starts_after_the_delay()
    {
        await using var mesh = await TestMesh.StartAsync(Rules("    timeout: 1s\n    fault: { delay: { percentage: { value: 100 }, fixedDelay: 5s } }"));
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Never);

        using var response = await mesh.GetAsync("http://orders.local/");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.GatewayTimeout));
        Assert.That(mesh.Time.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(6)));
    }

    [TestCase(100, 0)]
    [TestCase(0, 1)]
    public async Task A_request_that_an_injected_abort_ends_is_not_copied(int abortPercent, int copies)
    {
        await using var mesh = await TestMesh.StartAsync(Rules($$"""
                mirror: { host: shadow.local }
                fault: { abort: { percentage: { value: {{abortPercent}} }, httpStatus: 418 } }
            """));

        var response = await mesh.GetAsync("http://orders.local/");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        do
        {
            await TestMesh.SettleAsync();
        }
        while (mesh.Network.RequestsTo("10.0.9.9:80").Count < copies && !patience.IsCancellationRequested);

        Assert.That((int)response.StatusCode, Is.EqualTo(abortPercent > 0 ? 418 : 200));
        Assert.That(mesh.Network.RequestsTo("10.0.9.9:80"), Has.Count.EqualTo(copies));
        Assert.That(mesh.Network.RequestsTo("10.0.0.1:80"), Has.Count.EqualTo(copies));
    }

    [TestCase("route: [{ destination: { host: orders.local } }]")]
    [TestCase("directResponse: { status: 200 }")]
    public async Task A_part_of_the_requests_is_delayed_and_a_part_aborted(string action)
    {
        await using var mesh = await TestMesh.StartAsync(TestMesh.Service("orders.local", "10.0.0.1") + $$"""
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: { name: orders }
            spec:
              hosts: [orders.local]
              http:
              - {{action}}
                fault:
                  delay: { percentage: { value: 25 }, fixedDelay: 1s }
                  abort: { percentage: { value: 50 }, httpStatus: 418 }
            """);
        var aborted = 0;

        for (var i = 0; i < 200; i++)
        {
            using var response = await mesh.GetAsync("http://orders.local/");
            aborted += (int)response.StatusCode == 418 ? 1 : 0;
        }

        Assert.That(mesh.Time.Elapsed.TotalSeconds, Is.InRange(30, 70));
        Assert.That(aborted, Is.InRange(75, 125));
    }

    [Test]
    public async Task A_gRPC_abort_is_a_gRPC_status()
    {
        await using var mesh = await TestMesh.StartAsync(Rules("    fault: { abort: { percentage: { value: 100 }, grpcStatus: RESOURCE_EXHAUSTED } }"));

        using var response = await mesh.GetAsync("http://orders.local/");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Headers.GetValues("grpc-status").Single(), Is.EqualTo("8"));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/grpc"));
    }
}
