using Mesh.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Mesh.Client.Tests;

/// <summary>The mesh without a container of the application.</summary>
[TestFixture]
public class StandaloneMeshTests
{
    [Test]
    public async Task A_client_without_dependency_injection_reaches_a_service_of_the_mesh()
    {
        await using var server = await LoopbackServer.StartAsync();
        await using var mesh = StandaloneMesh.Create(m => m.ForService("catalog", s => s.Endpoints(server.Endpoint)));
        using var client = new HttpClient(mesh.CreateHandler());

        var response = await client.GetAsync("http://catalog/items");

        Assert.That(response.IsSuccessStatusCode, Is.True);
        Assert.That(server.Requests.Single().Authority, Is.EqualTo("catalog"), "the logical name stays");
    }
}
