using Mesh.Client.Runtime;
using Mesh.Discovery;
using Mesh.Testing;

namespace Mesh.Client.Tests.Runtime;

/// <summary>What an endpoint is from the moment discovery names it, and who may change that.</summary>
[TestFixture]
public class EndpointStateTests
{
    [TestCase(EndpointHealth.Healthy, true)]
    [TestCase(EndpointHealth.Degraded, true)]
    [TestCase(EndpointHealth.Unhealthy, false)]
    [TestCase(EndpointHealth.Draining, false)]
    public void The_first_word_of_discovery_counts(EndpointHealth health, bool takesTraffic)
    {
        var state = new EndpointState(null!, "10.0.0.1", 80, new MeshEndpoint { Address = "10.0.0.1", Port = 80, Health = health });

        Assert.That(state.TryAcquire(out var isTrial), Is.EqualTo(takesTraffic));
        Assert.That(isTrial, Is.False);
        Assert.That(state.Flags, Is.EqualTo(takesTraffic ? EndpointFlags.None : EndpointFlags.Unhealthy));
        Assert.That(state.ActiveRequests, Is.EqualTo(takesTraffic ? 1 : 0));
    }

    private static string Weighted(int weight) => $$"""
        apiVersion: networking.istio.io/v1
        kind: ServiceEntry
        metadata: { name: orders }
        spec:
          hosts: [orders.local]
          location: MESH_INTERNAL
          resolution: STATIC
          ports: [{ number: 80, name: http, protocol: HTTP }]
          endpoints:
          - { address: 10.0.0.1, weight: {{weight}} }
          - { address: 10.0.0.2, weight: 1 }
        ---
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: { name: orders }
        spec:
          host: orders.local
          trafficPolicy: { outlierDetection: { consecutive5xxErrors: 1, maxEjectionPercent: 100 } }
        """;

    /// <summary>A request of an older snapshot is under way, so its cluster is rebuilt with the others at every change.</summary>
    [TestCase(1, 7, 7)]
    [TestCase(1, 7, 1)]
    public async Task The_newest_snapshot_has_the_last_word_on_weight(int first, int second, int third)
    {
        using var gate = new SyncPoint("endpoint");
        await using var mesh = await TestMesh.StartAsync(Weighted(first));
        var held = ScriptedAnswer.Status(200).HeldAt(gate);
        mesh.Network.Script("10.0.0.1:80", held);
        mesh.Network.Script("10.0.0.2:80", held);
        var open = new List<Task<HttpResponseMessage>>();

        foreach (var weight in new[] { first, second, third })
        {
            await mesh.UpdateAsync(Weighted(weight));
            open.Add(mesh.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://orders.local/"), CancellationToken.None));
            await gate.WaitForArrivalAsync();
        }

        // An ejection rebuilds the sets of all snapshots that are in use.
        var service = mesh.Runtime.Services.Single();
        var endpoint = service.Endpoints.Single(static e => e.Address == "10.0.0.1");
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Status(500));
        mesh.Network.Script("10.0.0.2:80", ScriptedAnswer.Status(500));
        await mesh.GetAsync("http://orders.local/");

        Assert.That(service.LiveClusters, Is.GreaterThanOrEqualTo(2));
        Assert.That(endpoint.Endpoint.Weight, Is.EqualTo(third));
        gate.Open();
        await Task.WhenAll(open);
    }
}
