using System.Net;
using Mesh.Diagnostics;
using Mesh.Model;
using Mesh.Testing;

namespace Mesh.Client.Tests.Http;

/// <summary>Answers the mesh makes itself are thrown where the application wants that; answers a rule writes are answers.</summary>
[TestFixture]
public class LocalReplyTests
{
    private static string Rules(string rules, string endpoint = "10.0.0.1") =>
        TestMesh.Service("orders.local", endpoint) + $$"""
        apiVersion: networking.istio.io/v1
        kind: DestinationRule
        metadata: { name: orders }
        spec:
          host: orders.local
          subsets: [{ name: nobody, labels: { is: here } }]
        ---
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: { name: orders }
        spec:
          hosts: [orders.local]
          http:
        {{rules}}
        """;

    private static readonly object[] s_replies =
    [
        new object[] { "  - { match: [{ uri: { exact: /other } }], route: [{ destination: { host: orders.local } }] }", 404, ResponseFlags.NoRouteFound },
        new object[] { "  - { route: [{ destination: { host: orders.local, subset: unknown } }] }", 503, ResponseFlags.NoClusterFound },
        new object[] { "  - { route: [{ destination: { host: orders.local, subset: nobody } }] }", 503, ResponseFlags.NoHealthyUpstream },
        new object[] { "  - { timeout: 1s, route: [{ destination: { host: orders.local } }] }", 504, ResponseFlags.UpstreamRequestTimeout },
    ];

    [TestCaseSource(nameof(s_replies))]
    public async Task A_local_reply_is_thrown_where_that_is_wanted_and_answered_where_not(string rules, int status, ResponseFlags flags)
    {
        await using var throwing = await TestMesh.StartAsync(Rules(rules), options: static o => o.ThrowOnLocalReply = true);
        await using var answering = await TestMesh.StartAsync(Rules(rules));
        throwing.Network.Script("10.0.0.1:80", ScriptedAnswer.Never);
        answering.Network.Script("10.0.0.1:80", ScriptedAnswer.Never);

        var thrown = await Assert.CatchAsync<MeshException>(async () => await throwing.GetAsync("http://orders.local/"));
        var answer = await answering.GetAsync("http://orders.local/");

        Assert.That((int?)thrown!.StatusCode, Is.EqualTo(status));
        Assert.That(thrown.ResponseFlags & flags, Is.EqualTo(flags));
        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
        Assert.That(answer.Headers.GetValues("x-mesh-response-flags").Single(), Is.EqualTo(thrown.ResponseFlags.ToEnvoyString()));
    }

    [Test]
    public async Task An_overflow_is_thrown()
    {
        using var gate = new SyncPoint("endpoint");
        await using var mesh = await TestMesh.StartAsync(TestMesh.Service("orders.local", "10.0.0.1") + """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: { name: orders }
            spec:
              host: orders.local
              trafficPolicy: { connectionPool: { http: { http2MaxRequests: 1 } } }
            """, options: static o => o.ThrowOnLocalReply = true);
        mesh.Network.Script("10.0.0.1:80", ScriptedAnswer.Status(200).HeldAt(gate));
        var held = mesh.Client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://orders.local/"), CancellationToken.None);
        await gate.WaitForArrivalAsync();

        var thrown = await Assert.CatchAsync<MeshException>(async () => await mesh.GetAsync("http://orders.local/"));

        Assert.That(thrown!.ResponseFlags, Is.EqualTo(ResponseFlags.UpstreamOverflow));
        gate.Open();
        using var response = await held;
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_host_that_REGISTRY_ONLY_refuses_is_thrown()
    {
        await using var mesh = await TestMesh.StartAsync(TestMesh.Service("orders.local", "10.0.0.1"), options: static o =>
        {
            o.OutboundTrafficPolicy = OutboundTrafficPolicy.RegistryOnly;
            o.ThrowOnLocalReply = true;
        });

        var thrown = await Assert.CatchAsync<MeshException>(async () => await mesh.GetAsync("http://unknown.example/"));

        Assert.That(thrown!.StatusCode, Is.EqualTo(HttpStatusCode.BadGateway));
        Assert.That(thrown.Message, Does.Contain("unknown.example"));
    }

    [TestCase("  - { directResponse: { status: 503 } }", 503)]
    [TestCase("  - { redirect: { uri: /new } }", 301)]
    [TestCase("  - { fault: { abort: { percentage: { value: 100 }, httpStatus: 503 } }, route: [{ destination: { host: orders.local } }] }", 503)]
    public async Task What_a_rule_writes_is_an_answer(string rules, int status)
    {
        await using var mesh = await TestMesh.StartAsync(Rules(rules), options: static o => o.ThrowOnLocalReply = true);

        var response = await mesh.GetAsync("http://orders.local/");

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task A_followed_redirect_is_held_to_REGISTRY_ONLY()
    {
        await using var mesh = await TestMesh.StartAsync(
            TestMesh.Service("orders.local", "10.0.0.1") + TestMesh.Service("archive.local", "10.0.0.2"), options: static o => o.OutboundTrafficPolicy = OutboundTrafficPolicy.RegistryOnly);
        using var client = new HttpMessageInvoker(mesh.Mesh.CreateHandler());
        mesh.Network.Script("10.0.0.1:80", Redirect("http://archive.local/"), Redirect("http://unknown.example/"));

        using var inside = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://orders.local/"), CancellationToken.None);
        using var outside = await client.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://orders.local/"), CancellationToken.None);

        Assert.That(inside.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(mesh.Network.RequestsTo("10.0.0.2:80"), Has.Count.EqualTo(1));
        Assert.That(outside.StatusCode, Is.EqualTo(HttpStatusCode.BadGateway));
    }

    private static ScriptedAnswer Redirect(string location) => ScriptedAnswer.Status(302).WithHeader("Location", location);
}
