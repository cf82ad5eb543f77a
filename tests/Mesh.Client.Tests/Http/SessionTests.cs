using System.Net;
using Mesh.Client.Http.Sessions;
using Mesh.Testing;

namespace Mesh.Client.Tests.Http;

/// <summary>Sessions of Gateway API: a cookie or header that keeps a client on one endpoint.</summary>
public sealed class SessionTests
{
    private const string Split = "- backendRefs: [{ name: v1, port: 80, weight: 1 }, { name: v2, port: 80, weight: 1 }]\n  sessionPersistence: ";

    [TestCase("{ cookie: { name: shop } }")]
    [TestCase("{ type: Header, header: { name: x-session } }")]
    public async Task A_session_stays_on_its_endpoint(string session)
    {
        await using var mesh = await TestMesh.StartAsync(GatewayApiYaml.Route(Split + session));
        var first = await mesh.GetAsync(GatewayApiYaml.Url);
        var endpoint = mesh.LastEndpoint;

        for (var i = 0; i < 30; i++)
        {
            var again = await mesh.GetAsync(GatewayApiYaml.Url, Carried(first));
            Assert.That(mesh.LastEndpoint, Is.EqualTo(endpoint));
            Assert.That(again.Header("Set-Cookie") ?? again.Header("x-session"), Is.Null, "the caller has it already");
        }
    }

    [Test]
    public async Task Without_a_session_requests_are_balanced()
    {
        await using var mesh = await TestMesh.StartAsync(GatewayApiYaml.Route(Split + "{ cookie: { name: shop } }"));

        for (var i = 0; i < 40; i++)
        {
            await mesh.GetAsync(GatewayApiYaml.Url);
        }

        Assert.That(mesh.Network.Requests.Select(static r => r.Endpoint).Distinct().Count(), Is.EqualTo(3));
    }

    [Test]
    public async Task A_live_session_beats_weights_even_a_weight_of_0()
    {
        await using var mesh = await TestMesh.StartAsync(GatewayApiYaml.Route("- backendRefs: [{ name: v1, port: 80, weight: 1 }]\n  sessionPersistence: { cookie: { name: shop } }"));
        var cookie = Carried(await mesh.GetAsync(GatewayApiYaml.Url));

        mesh.Config.Update(GatewayApiYaml.Route("- backendRefs: [{ name: v1, port: 80, weight: 0 }, { name: v2, port: 80, weight: 1 }]\n  sessionPersistence: { cookie: { name: shop } }"));
        await Until(mesh, "10.0.0.2:80", "10.0.0.3:80");

        await mesh.GetAsync(GatewayApiYaml.Url, cookie);
        Assert.That(mesh.LastEndpoint, Is.EqualTo("10.0.0.1:80"));
    }

    [Test]
    public async Task When_the_endpoint_is_gone_a_new_session_begins()
    {
        await using var mesh = await TestMesh.StartAsync(GatewayApiYaml.Route("- backendRefs: [{ name: v1, port: 80 }]\n  sessionPersistence: { cookie: { name: shop } }"));
        var cookie = Carried(await mesh.GetAsync(GatewayApiYaml.Url));

        mesh.Config.Update(GatewayApiYaml.Route("- backendRefs: [{ name: v2, port: 80 }]\n  sessionPersistence: { cookie: { name: shop } }"));
        await Until(mesh, "10.0.0.2:80", "10.0.0.3:80");

        var second = await mesh.GetAsync(GatewayApiYaml.Url, cookie);
        var endpoint = mesh.LastEndpoint;
        for (var i = 0; i < 20; i++)
        {
            await mesh.GetAsync(GatewayApiYaml.Url, Carried(second));
            Assert.That(mesh.LastEndpoint, Is.EqualTo(endpoint));
        }
    }

    [Test]
    public async Task A_failed_try_moves_the_session_to_the_endpoint_that_answered()
    {
        await using var mesh = await TestMesh.StartAsync(GatewayApiYaml.Route("- backendRefs: [{ name: v2, port: 80 }]\n  retry: { attempts: 1 }\n  sessionPersistence: { cookie: { name: shop } }"));
        var cookie = Carried(await mesh.GetAsync(GatewayApiYaml.Url));
        var lost = mesh.LastEndpoint;
        mesh.Network.Script(lost, ScriptedAnswer.ConnectionRefused);

        var moved = await mesh.GetAsync(GatewayApiYaml.Url, cookie);

        Assert.That(moved.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(mesh.LastEndpoint, Is.Not.EqualTo(lost));
        Assert.That(moved.Header("Set-Cookie"), Does.StartWith("shop="));
    }

    [Test]
    public async Task Two_rules_never_share_a_session()
    {
        await using var mesh = await TestMesh.StartAsync(GatewayApiYaml.Route("""
            - { matches: [{ path: { value: /a } }], backendRefs: [{ name: v2, port: 80 }], sessionPersistence: { cookie: { name: shop } } }
            - { matches: [{ path: { value: /b } }], backendRefs: [{ name: v2, port: 80 }], sessionPersistence: { cookie: { name: shop } } }
            """));
        var cookie = Carried(await mesh.GetAsync("http://catalog/a"));

        Assert.That((await mesh.GetAsync("http://catalog/b", cookie)).Header("Set-Cookie"), Does.StartWith("shop="));
        Assert.That((await mesh.GetAsync("http://catalog/a", cookie)).Header("Set-Cookie"), Is.Null);
    }

    [Test]
    public async Task A_session_ends_with_its_absolute_time()
    {
        await using var mesh = await TestMesh.StartAsync(GatewayApiYaml.Route(Split + "{ absoluteTimeout: 10m, cookie: { name: shop, lifetimeType: Permanent } }"));
        var first = await mesh.GetAsync(GatewayApiYaml.Url);
        Assert.That(first.Header("Set-Cookie"), Does.Contain("Max-Age=600").And.Contain("Path=/").And.Contain("HttpOnly").And.Contain("SameSite=Strict"));

        mesh.Time.Advance(TimeSpan.FromMinutes(9));
        Assert.That((await mesh.GetAsync(GatewayApiYaml.Url, Carried(first))).Header("Set-Cookie"), Is.Null);
        mesh.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.That((await mesh.GetAsync(GatewayApiYaml.Url, Carried(first))).Header("Set-Cookie"), Is.Not.Null);
    }

    [Test]
    public async Task Each_use_puts_the_end_of_an_idle_session_off()
    {
        await using var mesh = await TestMesh.StartAsync(GatewayApiYaml.Route(Split + "{ idleTimeout: 10m, cookie: { name: shop } }"));
        var last = await mesh.GetAsync(GatewayApiYaml.Url);
        var endpoint = mesh.LastEndpoint;
        for (var i = 0; i < 10; i++)
        {
            mesh.Time.Advance(TimeSpan.FromMinutes(9));
            last = await mesh.GetAsync(GatewayApiYaml.Url, Carried(last));
            Assert.That(mesh.LastEndpoint, Is.EqualTo(endpoint));
        }

        // Every new session draws anew: one of twenty goes elsewhere.
        var endpoints = new HashSet<string>();
        mesh.Time.Advance(TimeSpan.FromMinutes(10));
        for (var i = 0; i < 20; i++)
        {
            await mesh.GetAsync(GatewayApiYaml.Url, Carried(last));
            endpoints.Add(mesh.LastEndpoint);
        }

        Assert.That(endpoints, Has.Count.GreaterThan(1));
    }

    [TestCase("")]
    [TestCase("nonsense")]
    [TestCase("%%%")]
    [TestCase("MXwyfDN8NA")]
    public void What_is_no_session_is_passed_over(string text) => Assert.That(SessionToken.TryParse(text, out _), Is.False);

    [Test]
    public void A_token_reads_back()
    {
        var token = new SessionToken(0xCAFE, 7, "[::1]:80", 5, 6);

        Assert.That(SessionToken.TryParse(token.Format(), out var read), Is.True);
        Assert.That(read, Is.EqualTo(token));
    }

    private static (string, string) Carried(HttpResponseMessage response) => response.Header("Set-Cookie") is { } cookie
        ? ("Cookie", cookie[..cookie.IndexOf(';', StringComparison.Ordinal)])
        : ("x-session", response.Header("x-session")!);

    private static async Task Until(TestMesh mesh, params string[] endpoints)
    {
        for (var i = 0; i < 1000; i++)
        {
            await mesh.GetAsync(GatewayApiYaml.Url);
            if (endpoints.Contains(mesh.LastEndpoint))
            {
                return;
            }
        }

        Assert.Fail("the new rules did not come into force");
    }
}
