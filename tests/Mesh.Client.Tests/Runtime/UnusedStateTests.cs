using System.Runtime.CompilerServices;
using Mesh.Client.Runtime;
using Mesh.Testing;

namespace Mesh.Client.Tests.Runtime;

/// <summary>What nobody uses any more goes: endpoints, counters, connections.</summary>
[TestFixture]
public class UnusedStateTests
{
    private const string Anywhere = """
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: { name: anywhere }
        spec:
          hosts: ['*.example.com']
          location: MESH_EXTERNAL
          resolution: NONE
          ports: [{ number: 80, name: http, protocol: HTTP }]
        """;

    private static string Subset(string name) => TestMesh.Service("orders.local", "10.0.0.1") + $$"""
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: { name: orders }
        spec:
          host: orders.local
          subsets: [{ name: {{name}} }]
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: orders }
        spec:
          hosts: [orders.local]
          http: [{ route: [{ destination: { host: orders.local, subset: {{name}} } }] }]
        """;

    [Test]
    public async Task A_pass_through_endpoint_that_is_idle_leaves_with_its_connections()
    {
        await using var mesh = await TestMesh.StartAsync(Anywhere);
        for (var i = 0; i < 50; i++)
        {
            await mesh.GetAsync($"http://host{i}.example.com/");
        }

        var service = mesh.Runtime.Services.Single();
        var idle = service.Endpoints.Single(static e => e.Address == "host7.example.com");
        Assert.That(service.Endpoints, Has.Length.EqualTo(50));
        for (var looks = 0; looks < 3; looks++)
        {
            await mesh.GetAsync("http://host0.example.com/");
            mesh.Time.Advance(PassThroughEndpoints.IdleTime);
        }

        Assert.That(service.Endpoints.Select(static e => e.Address), Is.EqualTo(new[] { "host0.example.com" }));
        Assert.That(idle.Transports, Is.Empty, "its connections are closed");

        mesh.Time.Advance(PassThroughEndpoints.IdleTime * 4);
        Assert.That(service.Endpoints, Is.Empty);
        Assert.That(mesh.Time.ArmedTimers, Is.Zero, "with nothing to look at nobody looks");
    }

    [Test]
    public async Task A_pass_through_endpoint_with_a_request_under_way_stays()
    {
        using var gate = new SyncPoint("endpoint");
        await using var mesh = await TestMesh.StartAsync(Anywhere);
        mesh.Network.Script("slow.example.com:80", ScriptedAnswer.Status(200).HeldAt(gate));
        var sending = mesh.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://slow.example.com/"), CancellationToken.None);
        await gate.WaitForArrivalAsync();

        mesh.Time.Advance(PassThroughEndpoints.IdleTime * 5);

        var endpoint = mesh.Runtime.Services.Single().Endpoints.Single();
        Assert.That(endpoint.Transports, Has.Length.EqualTo(1));
        gate.Open();
        using var response = await sending;
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task Counters_of_subsets_that_are_gone_go_too()
    {
        await using var mesh = await TestMesh.StartAsync(Subset("v0"));
        for (var i = 1; i <= 20; i++)
        {
            await mesh.GetAsync("http://orders.local/");
            await mesh.UpdateAsync(Subset($"v{i}"));
        }

        await CollectAsync();
        await mesh.GetAsync("http://orders.local/");

        Assert.That(mesh.Runtime.Services.Single().CountedClusters, Is.LessThanOrEqualTo(3));
    }

    [Test]
    public async Task A_request_under_way_keeps_its_counters_through_a_change_and_back()
    {
        using var gate = new SyncPoint("endpoint");
        var limited = Subset("v1").Replace("host: orders.local\n  subsets", "host: orders.local\n  trafficPolicy: { connectionPool: { http: { http2MaxRequests: 1 } } }\n  subsets", StringComparison.Ordinal);
        await using var mesh = await TestMesh.StartAsync(limited);
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Status(200).HeldAt(gate));
        var sending = mesh.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://orders.local/"), CancellationToken.None);
        await gate.WaitForArrivalAsync();

        await mesh.UpdateAsync(Subset("v2"));
        await CollectAsync();
        await mesh.UpdateAsync(limited);
        var refused = await mesh.GetAsync("http://orders.local/");

        Assert.That((int)refused.StatusCode, Is.EqualTo(503), "the place of the first request is still taken");
        gate.Open();
        using var response = await sending;
        using var next = await mesh.GetAsync("http://orders.local/");
        Assert.That((int)next.StatusCode, Is.EqualTo(200));
    }

    [Test]
    public async Task Connections_made_for_a_client_are_closed_with_it()
    {
        await using var mesh = await TestMesh.StartAsync(TestMesh.Service("orders.local", "10.0.0.1"));
        await mesh.GetAsync("http://orders.local/");
        var endpoint = mesh.Runtime.Services.Single().Endpoints.Single();

        // Credentials are an object of the client's own, so no other client shares these connections.
        using (var client = new HttpMessageInvoker(mesh.Mesh.CreateHandler(new SocketsHttpHandler { Credentials = new System.Net.NetworkCredential("a", "b") })))
        {
            await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://orders.local/"), CancellationToken.None);
            Assert.That(endpoint.Transports, Has.Length.EqualTo(2));
        }

        Assert.That(endpoint.Transports, Has.Length.EqualTo(1), "those of other clients stay");
        using (var shared = new HttpMessageInvoker(mesh.Mesh.CreateHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })))
        {
            await shared.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://orders.local/"), CancellationToken.None);
        }

        Assert.That(endpoint.Transports, Has.Length.EqualTo(1), "clients without objects of their own share connections, which outlive them");
    }

    [Test]
    public async Task Connections_of_an_endpoint_that_left_are_closed()
    {
        await using var mesh = await TestMesh.StartAsync(TestMesh.Service("orders.local", "10.0.0.1", "10.0.0.2"));
        for (var i = 0; i < 20; i++)
        {
            await mesh.GetAsync("http://orders.local/");
        }

        var left = mesh.Runtime.Services.Single().Endpoints.Single(static e => e.Address == "10.0.0.2");
        Assert.That(left.Transports, Has.Length.EqualTo(1));
        await mesh.UpdateAsync(TestMesh.Service("orders.local", "10.0.0.1"));
        await mesh.GetAsync("http://orders.local/");

        mesh.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.That(left.Transports, Is.Empty);
        Assert.That(mesh.Runtime.Services.Single().Endpoints, Has.Member(left), "its history is kept for a while");
        mesh.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.That(mesh.Runtime.Services.Single().Endpoints, Has.No.Member(left));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task CollectAsync()
    {
        // Frames of finished calls may still stand on other threads' stacks.
        for (var i = 0; i < 3; i++)
        {
            await TestMesh.SettleAsync();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
