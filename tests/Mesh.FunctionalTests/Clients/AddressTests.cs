using Mesh.Testing;

namespace Mesh.FunctionalTests.Clients;

/// <summary>The forms in which an application may write a service's address.</summary>
public sealed class AddressTests
{
    [TestCase("http://catalog/x")]
    [TestCase("http://catalog:80/x")]
    [TestCase("http://catalog:8080/x")]
    [TestCase("http://CATALOG/x")]
    [TestCase("https+http://catalog/x")]
    [TestCase("http+https://catalog/x")]
    public async Task A_service_of_the_Services_section_is_reached(string address)
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var mesh = await FunctionalMesh.StartAsync(settings: new() { ["Services:catalog:http:0"] = server.Endpoint });

        Assert.That(await mesh.Client().GetStringAsync(new Uri(address)), Is.EqualTo("server"));
    }

    [TestCase("http://_admin.catalog/")]
    [TestCase("http+https://_admin.catalog/")]
    public async Task A_named_endpoint_of_the_Services_section_is_reached(string address)
    {
        await using var main = await LoopbackServer.StartAsync(new LoopbackServerOptions { Name = "main" });
        await using var admin = await LoopbackServer.StartAsync(new LoopbackServerOptions { Name = "admin" });
        await using var mesh = await FunctionalMesh.StartAsync(settings: new()
        {
            ["Services:catalog:http:0"] = main.Endpoint,
            ["Services:catalog:admin:0"] = admin.Endpoint,
        });

        Assert.That(await mesh.Client().GetStringAsync(new Uri(address)), Is.EqualTo("admin"));
        Assert.That(await mesh.Client().GetStringAsync(new Uri("http://catalog/")), Is.EqualTo("main"));
    }

    [Test]
    public async Task A_named_port_of_a_ServiceEntry_is_reached()
    {
        await using var main = await LoopbackServer.StartAsync(new LoopbackServerOptions { Name = "main" });
        await using var admin = await LoopbackServer.StartAsync(new LoopbackServerOptions { Name = "admin" });
        await using var mesh = await FunctionalMesh.StartAsync($$"""
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: { name: catalog }
            spec:
              hosts: [catalog]
              resolution: STATIC
              ports: [{ number: 80, name: http, protocol: HTTP }, { number: 9000, name: admin, protocol: HTTP }]
              endpoints: [{ address: 127.0.0.1, ports: { http: {{main.Port}}, admin: {{admin.Port}} } }]
            """);

        Assert.That(await mesh.Client().GetStringAsync(new Uri("http://catalog/")), Is.EqualTo("main"));
        Assert.That(await mesh.Client().GetStringAsync(new Uri("http://catalog:9000/")), Is.EqualTo("admin"));
        Assert.That(await mesh.Client().GetStringAsync(new Uri("http://_admin.catalog/")), Is.EqualTo("admin"));
    }

    [Test]
    public async Task A_base_address_with_two_schemes_serves_relative_requests()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var mesh = await FunctionalMesh.StartAsync(settings: new() { ["Services:catalog:http:0"] = server.Endpoint });
        using var client = mesh.Client();
        client.BaseAddress = new Uri("https+http://catalog");

        Assert.That(await client.GetStringAsync("/a?b=c"), Is.EqualTo("server"));
        Assert.That(server.Requests[0].Target, Is.EqualTo("/a?b=c"));
        Assert.That(server.Requests[0].Authority, Is.EqualTo("catalog"));
    }

    [Test]
    public async Task Endpoints_of_the_section_follow_the_configuration()
    {
        await using var first = await LoopbackServer.StartAsync(new LoopbackServerOptions { Name = "first" });
        await using var second = await LoopbackServer.StartAsync(new LoopbackServerOptions { Name = "second" });
        await using var mesh = await FunctionalMesh.StartAsync(settings: new() { ["Services:catalog:http:0"] = first.Endpoint });
        using var client = mesh.Client();
        Assert.That(await client.GetStringAsync(new Uri("http://catalog/")), Is.EqualTo("first"));

        mesh.Settings["Services:catalog:http:0"] = second.Endpoint;
        mesh.Settings.Reload();

        await Eventually.BecomesTrueAsync(() => client.GetStringAsync(new Uri("http://catalog/")).GetAwaiter().GetResult() == "second", "requests go to the new endpoint");
        await Eventually.BecomesTrueAsync(() => first.OpenConnections == 0, "the connections to the removed endpoint are closed");
    }
}
