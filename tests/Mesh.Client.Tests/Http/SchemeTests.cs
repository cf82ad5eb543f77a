using Mesh.Discovery;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh.Client.Tests.Http;

/// <summary>Which scheme a try has, where the request leaves it open or the endpoint demands one.</summary>
[TestFixture]
public class SchemeTests
{
    [TestCase("HTTPS", "http+https://b.local/", "https")]
    [TestCase("HTTP", "https+http://b.local/", "http")]
    [TestCase("HTTP", "http://b.local/", "http")]
    public async Task A_declared_port_decides_over_two_schemes(string protocol, string url, string scheme)
    {
        await using var mesh = await TestMesh.StartAsync($$"""
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: { name: b }
            spec:
              hosts: [b.local]
              resolution: STATIC
              ports: [{ number: 8443, name: main, protocol: {{protocol}} }]
              endpoints: [{ address: 10.0.0.1 }]
            """);

        await mesh.GetAsync(url);

        Assert.That(mesh.Network.Requests[0].Uri!.Scheme, Is.EqualTo(scheme));
    }

    [TestCase("http://b/", "https", "https")]
    [TestCase("https://b/", "http", "http")]
    [TestCase("http+https://b/", "https", "https")]
    [TestCase("https+http://b/", "http", "http")]
    public async Task An_endpoint_that_demands_a_scheme_gets_it(string url, string demanded, string scheme)
    {
        var source = new Discovery.ScriptedSource().Says(EndpointUpdate.Of([new MeshEndpoint { Address = "10.0.0.1", Port = 8080, Scheme = demanded }]));
        await using var mesh = await TestMesh.StartAsync(TestMesh.DiscoveredService("b"), m => m.AddEndpointSource(source));

        await mesh.GetAsync(url);

        Assert.That(mesh.Network.Requests[0].Uri!.Scheme, Is.EqualTo(scheme));
    }
}
