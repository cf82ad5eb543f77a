using System.Net;
using System.Net.Http.Headers;
using Mesh.Testing;
using Microsoft.AspNetCore.Http;

namespace Mesh.FunctionalTests.Clients;

/// <summary>Redirects and cookies keep working above endpoints that share neither connections nor jars.</summary>
public sealed class RedirectAndCookieTests
{
    [Test]
    public async Task A_redirect_to_another_service_is_routed_without_the_credentials()
    {
        await using var orders = await LoopbackServer.StartAsync(new LoopbackServerOptions { Name = "orders" });
        await using var catalog = await LoopbackServer.StartAsync(new LoopbackServerOptions
        {
            Name = "catalog",
            Behavior = LoopbackBehavior.From(static context =>
            {
                context.Response.Redirect("http://orders/moved?x=1");
                return Task.CompletedTask;
            }),
        });
        await using var mesh = await FunctionalMesh.StartAsync(Yaml.Service("catalog", catalog) + Yaml.Service("orders", orders));
        var request = new HttpRequestMessage(HttpMethod.Post, "http://catalog/") { Content = new StringContent("body") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "secret");

        using var response = await mesh.Client().SendAsync(request);

        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("orders"));
        Assert.That(catalog.Requests[0].Headers["Authorization"], Is.EqualTo("Bearer secret"));
        var seen = orders.Requests[0];
        Assert.That((seen.Method, seen.Target, seen.Authority), Is.EqualTo(("GET", "/moved?x=1", "orders")));
        Assert.That(seen.Headers.ContainsKey("Authorization"), Is.False);
    }

    [Test]
    public async Task A_redirect_is_the_callers_when_its_handler_says_so()
    {
        await using var catalog = await LoopbackServer.StartAsync(new LoopbackServerOptions
        {
            Behavior = LoopbackBehavior.From(static context =>
            {
                context.Response.Redirect("/elsewhere");
                return Task.CompletedTask;
            }),
        });
        await using var mesh = await FunctionalMesh.StartAsync(Yaml.Service("catalog", catalog));
        using var client = new HttpClient(mesh.Mesh.CreateHandler(new SocketsHttpHandler { AllowAutoRedirect = false }));

        using var response = await client.GetAsync(new Uri("http://catalog/"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(catalog.RequestCount, Is.EqualTo(1), "the redirect points at itself: followed, it would end in the same answer");
    }

    [Test]
    public async Task An_endless_redirect_stops_at_the_handlers_limit()
    {
        await using var catalog = await LoopbackServer.StartAsync(new LoopbackServerOptions
        {
            Behavior = LoopbackBehavior.From(static context =>
            {
                context.Response.Redirect("/again");
                return Task.CompletedTask;
            }),
        });
        await using var mesh = await FunctionalMesh.StartAsync(Yaml.Service("catalog", catalog));
        using var client = new HttpClient(mesh.Mesh.CreateHandler(new SocketsHttpHandler { MaxAutomaticRedirections = 3 }));

        using var response = await client.GetAsync(new Uri("http://catalog/"));

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Found));
        Assert.That(catalog.RequestCount, Is.EqualTo(4));
    }

    [Test]
    public async Task One_cookie_jar_serves_all_endpoints_of_a_service_under_the_name_the_application_used()
    {
        var behavior = LoopbackBehavior.From(static context =>
        {
            context.Response.Headers.SetCookie = "session=42; path=/shop";
            return context.Response.WriteAsync(context.Request.Headers.Cookie.ToString());
        });
        await using var one = await LoopbackServer.StartAsync(new LoopbackServerOptions { Behavior = behavior });
        await using var two = await LoopbackServer.StartAsync(new LoopbackServerOptions { Behavior = behavior });
        await using var mesh = await FunctionalMesh.StartAsync(
            Yaml.Service("catalog", one, two) + Yaml.Policy("catalog", "loadBalancer: { simple: ROUND_ROBIN }")
            + Yaml.Routes("catalog", "  - { rewrite: { uri: /inner }, match: [{ uri: { prefix: /shop } }], route: [{ destination: { host: catalog } }] }"));
        var cookies = new CookieContainer();
        using var client = new HttpClient(mesh.Mesh.CreateHandler(new SocketsHttpHandler { CookieContainer = cookies }));

        Assert.That(await client.GetStringAsync(new Uri("http://catalog/shop/a")), Is.Empty);
        Assert.That(await client.GetStringAsync(new Uri("http://catalog/shop/b")), Is.EqualTo("session=42"));
        Assert.That(await client.GetStringAsync(new Uri("http://catalog/shop/c")), Is.EqualTo("session=42"));
        Assert.That((one.RequestCount, two.RequestCount), Is.AnyOf((1L, 2L), (2L, 1L)));
        Assert.That(cookies.GetCookies(new Uri("http://catalog/shop/a")), Has.Count.EqualTo(1));
    }
}
