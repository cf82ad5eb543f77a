using System.Net;
using Mesh.Testing;

namespace Mesh.FunctionalTests.Protocols;

/// <summary>HTTP/2 towards endpoints, whatever version the application asks for.</summary>
public sealed class Http2Tests
{
    private static Task<LoopbackServer> StartAsync(LoopbackBehavior? behavior = null) =>
        LoopbackServer.StartAsync(new LoopbackServerOptions { Protocols = [LoopbackProtocol.H2c], Behavior = behavior ?? LoopbackBehavior.Ok });

    [Test]
    public async Task An_upgrade_policy_carries_plain_requests_over_h2c_and_restores_the_message()
    {
        await using var server = await StartAsync();
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("catalog", server) + Yaml.Policy("catalog", "connectionPool: { http: { h2UpgradePolicy: UPGRADE } }"));
        var request = new HttpRequestMessage(HttpMethod.Get, "http://catalog/");

        using var response = await mesh.Client().SendAsync(request);

        Assert.That(server.Requests[0].Protocol, Is.EqualTo("HTTP/2"));
        Assert.That(server.Requests[0].Authority, Is.EqualTo("catalog"));
        Assert.That(response.Version, Is.EqualTo(HttpVersion.Version20));
        Assert.That((request.Version, request.VersionPolicy), Is.EqualTo((HttpVersion.Version11, HttpVersionPolicy.RequestVersionOrLower)));
    }

    [TestCase("HTTP2", "1.1", HttpVersionPolicy.RequestVersionOrLower)]
    [TestCase("GRPC", "1.1", HttpVersionPolicy.RequestVersionExact)]
    [TestCase("HTTP2", "2.0", HttpVersionPolicy.RequestVersionOrLower)]
    [TestCase("GRPC", "2.0", HttpVersionPolicy.RequestVersionExact)]
    [TestCase("HTTP2", "3.0", HttpVersionPolicy.RequestVersionOrLower)]
    public async Task A_port_that_speaks_http2_is_spoken_to_in_http2(string protocol, string version, HttpVersionPolicy policy)
    {
        await using var server = await StartAsync();
        await using var mesh = await FunctionalMesh.StartAsync(Yaml.Service("catalog", protocol, (server.Port, "")));
        var request = new HttpRequestMessage(HttpMethod.Get, "http://catalog/") { Version = Version.Parse(version), VersionPolicy = policy };

        using var response = await mesh.Client().SendAsync(request);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(server.Requests[0].Protocol, Is.EqualTo("HTTP/2"));
        Assert.That((request.Version, request.VersionPolicy), Is.EqualTo((Version.Parse(version), policy)));
    }

    [Test]
    public async Task More_streams_than_a_connection_carries_open_further_connections()
    {
        // Kestrel's limit is 100 streams on a connection.
        using var gate = new SyncPoint("server");
        await using var server = await StartAsync(LoopbackBehavior.Ok.HeldAt(gate));
        await using var mesh = await FunctionalMesh.StartAsync(Yaml.Service("catalog", "HTTP2", (server.Port, "")));
        using var client = mesh.Client();

        var requests = Enumerable.Range(0, 250).Select(_ => client.GetStringAsync(new Uri("http://catalog/"))).ToArray();
        await server.WaitForRequestsAsync(250);
        gate.Open();

        Assert.That(await Task.WhenAll(requests), Has.All.EqualTo("server"));
        Assert.That(server.ConnectionCount, Is.GreaterThanOrEqualTo(3));
    }

    [Test]
    public async Task A_refused_stream_is_retried_elsewhere_even_for_a_POST()
    {
        await using var refusing = await StartAsync(LoopbackBehavior.ResetStream(7));
        await using var good = await StartAsync();
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("catalog", "HTTP2", (refusing.Port, ""), (good.Port, "")) + Yaml.Policy("catalog", "loadBalancer: { simple: ROUND_ROBIN }"));
        using var client = mesh.Client();

        for (var i = 0; i < 4; i++)
        {
            using var response = await client.PostAsync(new Uri("http://catalog/"), new StringContent("order"));
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        Assert.That(refusing.RequestCount, Is.GreaterThan(0));
        Assert.That(good.RequestCount, Is.EqualTo(4));
    }

    [Test]
    public async Task The_protocol_of_the_caller_stays_where_the_policy_says_so()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("catalog", "HTTP2", (server.Port, "")) + Yaml.Policy("catalog", "connectionPool: { http: { useClientProtocol: true } }"));

        await mesh.Client().GetStringAsync(new Uri("http://catalog/"));

        Assert.That(server.Requests[0].Protocol, Is.EqualTo("HTTP/1.1"));
    }
}
