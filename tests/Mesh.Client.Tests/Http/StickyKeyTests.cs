using Mesh.Balancing;
using Mesh.Model;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh.Client.Tests.Http;

/// <summary>The key of a sticky request reaches the picker.</summary>
[TestFixture]
public class StickyKeyTests
{
    private static async Task<(TestMesh Mesh, KeyRecorder Keys)> StartAsync(string hash)
    {
        var keys = new KeyRecorder();
        var mesh = await TestMesh.StartAsync(
            TestMesh.Service("cart.local", "10.0.0.1", "10.0.0.2") + $"""
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {"{"} name: cart {"}"}
                spec:
                  host: cart.local
                  trafficPolicy: {"{"} loadBalancer: {"{"} consistentHash: {"{"} {hash} {"}"} {"}"} {"}"}
                """,
            builder => builder.Services.AddSingleton<ILoadBalancer>(keys));
        return (mesh, keys);
    }

    [TestCase("httpHeaderName: x-user", "http://cart.local/?user=bob")]
    [TestCase("httpQueryParameterName: user", "http://cart.local/?user=bob")]
    [TestCase("httpCookie: { name: user }", "http://cart.local/")]
    [TestCase("useSourceIp: true", "http://cart.local/")]
    public async Task Equal_keys_give_equal_hashes(string hash, string url)
    {
        var (mesh, keys) = await StartAsync(hash);
        await using var _ = mesh;

        await mesh.GetAsync(url, ("x-user", "bob"), ("Cookie", "user=bob"));
        await mesh.GetAsync(url, ("x-user", "bob"), ("Cookie", "user=bob"));

        Assert.That(keys.Seen, Has.Count.EqualTo(2).And.None.Null);
        Assert.That(keys.Seen.Distinct().Count(), Is.EqualTo(1));
    }

    [TestCase("httpHeaderName: x-user")]
    [TestCase("httpQueryParameterName: user")]
    [TestCase("httpCookie: { name: user }")]
    public async Task Without_a_key_chance_decides(string hash)
    {
        var (mesh, keys) = await StartAsync(hash);
        await using var _ = mesh;

        using var response = await mesh.GetAsync("http://cart.local/");

        Assert.That(keys.Seen, Is.EqualTo(new ulong?[] { null }));
        Assert.That(response.Headers.Contains("Set-Cookie"), Is.False);
    }

    [Test]
    public async Task A_cookie_with_a_lifetime_is_made_where_there_is_none()
    {
        var (mesh, keys) = await StartAsync("httpCookie: { name: session, ttl: 60s, path: /, attributes: [{ name: SameSite, value: Strict }, { name: Secure }] }");
        await using var _ = mesh;

        using var first = await mesh.GetAsync("http://cart.local/");
        var cookie = first.Headers.GetValues("Set-Cookie").Single();
        using var second = await mesh.GetAsync("http://cart.local/", ("Cookie", cookie[..cookie.IndexOf(';')]));

        Assert.That(cookie, Does.Match("^session=\"[0-9a-f]{16}\"; Max-Age=60; Path=/; SameSite=Strict; Secure; HttpOnly$"));
        Assert.That(keys.Seen.Distinct().Count(), Is.EqualTo(1));
        Assert.That(second.Headers.Contains("Set-Cookie"), Is.False);
    }

    /// <summary>Stands in for LEAST_REQUEST and writes the hashes down.</summary>
    private sealed class KeyRecorder : ILoadBalancer
    {
        public string Name => LoadBalancingAlgorithms.LeastRequest;

        public List<ulong?> Seen { get; } = [];

        public Picker CreatePicker(ReadOnlySpan<EndpointView> endpoints, LoadBalancing settings) => new Recorder(Seen);

        private sealed class Recorder(List<ulong?> seen) : Picker
        {
            public override int Pick(ref PickContext context)
            {
                seen.Add(context.Hash);
                return 0;
            }
        }
    }
}
