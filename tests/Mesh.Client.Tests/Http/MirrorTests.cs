using Mesh.Testing;

namespace Mesh.Client.Tests.Http;

/// <summary>What a copy looks like and how long it may take.</summary>
[TestFixture]
public class MirrorTests
{
    private static readonly string s_mirrored = TestMesh.Service("orders.local", "10.0.0.1") + TestMesh.Service("shadow.local", "10.0.9.9") + """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: orders }
        spec:
          hosts: [orders.local]
          http:
          - mirror: { host: shadow.local }
            timeout: 5s
            route: [{ destination: { host: orders.local } }]
        """;

    [TestCase("orders.local", "orders.local-shadow")]
    [TestCase("orders.local:8080", "orders.local-shadow:8080")]
    [TestCase("[::1]", "[::1]-shadow")]
    [TestCase("[::1]:8080", "[::1]-shadow:8080")]
    public async Task Its_host_says_what_it_is(string host, string shadow)
    {
        await using var mesh = await TestMesh.StartAsync(s_mirrored);

        await mesh.GetAsync("http://orders.local/", ("Host", host));
        await UntilAsync(() => mesh.Network.RequestsTo("10.0.9.9:80").Count == 1);

        Assert.That(mesh.Network.RequestsTo("10.0.9.9:80").Single().Headers["Host"], Is.EqualTo(shadow));
        Assert.That(mesh.Network.RequestsTo("10.0.0.1:80").Single().Headers["Host"], Is.EqualTo(host));
    }

    [Test]
    public async Task The_time_of_the_route_is_its_time_too()
    {
        await using var mesh = await TestMesh.StartAsync(s_mirrored);
        mesh.Network.Script("10.0.9.9:80", ScriptedAnswer.Never);

        await mesh.GetAsync("http://orders.local/");
        await UntilAsync(() => mesh.Network.RequestsTo("10.0.9.9:80").Count == 1);
        mesh.Time.Advance(TimeSpan.FromSeconds(5));

        await UntilAsync(() => mesh.Mesh.GetServices().SelectMany(static s => s.Endpoints).Single(static e => e.Address == "10.0.9.9:80").ActiveRequests == 0);
    }

    /// <summary>A copy runs on other threads; what it does needs no clock.</summary>
    private static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (!condition())
        {
            Assert.That(patience.IsCancellationRequested, Is.False, "the copy has not come so far");
            await TestMesh.SettleAsync();
        }
    }
}
